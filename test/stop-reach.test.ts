/** @file Stop rules from the command line and the page: what is asked for arrives, and flags and ends come back. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { parseSearch } from "../src/cli/args.ts";
import { flagLine } from "../src/cli/flag.ts";
import { selectBackend } from "../src/engine/backend/index.ts";
import { catalog, registry } from "../src/engine/index.ts";
import type { RunId, RunSpec } from "../src/protocol/spec.ts";
import { connect } from "../src/ui/state/store.ts";
import { host } from "../src/worker/host.ts";
import { hostOptions, pair } from "./support/endpoints.ts";
import { specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

describe("npm run search", () => {
  const parse = (text: string) => parseSearch(text.split(" "), catalog(registry), ["cpu"]);
  it("makes a spec of --stop and --stop-ends", () => {
    expect(parse("--stop skips,ranking").spec.stop).toEqual({
      rules: ["skips", "ranking"],
      ends: false,
    });
    expect(parse("--stop sharpness --stop-ends").spec.stop?.ends).toBe(true);
    expect(parse("--seed 1").spec.stop).toBeUndefined();
  });
  it.each([
    ["--stop luck", "--stop luck: there are skips, sharpness, ranking"],
    ["--stop skips --preset names", "--stop skips has nothing to watch in --space recurrent"],
    ["--stop-ends", "--stop-ends needs --stop"],
    ["--test", "--test: --method darts searches"],
  ])("refuses %s", (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
  it("prints a flag as a line", () => {
    const genotype = { space: "x", groups: {}, text: "G" };
    const flag = { rule: "skips", steps: 9, of: 7, why: "because", genotype };
    expect(flagLine(flag, false)).toBe("flag skips after 9 steps: because; of step 7: G");
    expect(JSON.parse(flagLine(flag, true)).flag).toMatchObject({
      rule: "skips",
      of: 7,
      text: "G",
    });
  });
});

it("the page hears of a flag, the run ends there, and a fork of it has the flag, too", async () => {
  const [ui, worker] = pair();
  const client = connect(ui);
  host(worker, hostOptions);
  const [runId, child] = ["a" as RunId, "b" as RunId];
  const run = (id: RunId) => client.store.getState().runs[id];
  const spec: RunSpec = {
    ...specOf("darts", "collapse", "blobs"),
    steps: 40,
    stop: { rules: ["skips"], ends: true },
    // Every edge a skip, and α nearly still.
    forces: [0, 1, 2].map((edge) => ({ group: "cell", edge, op: 1, kind: "pin", value: 5 })),
  };
  client.send({ kind: "create", runId, spec });
  client.send({ kind: "play", runId });
  await vi.waitFor(() => expect(run(runId)?.status).toBe("finished"), { timeout: 20_000 });
  expect(run(runId)?.records).toHaveLength(1);
  expect(run(runId)?.flags).toMatchObject([{ rule: "skips", steps: 1, of: 1 }]);
  client.send({ kind: "fork", runId: child, from: runId, steps: 1 });
  await vi.waitFor(() => expect(run(child)?.flags).toHaveLength(1), { timeout: 20_000 });
  expect(run(child)?.flags).toEqual(run(runId)?.flags);
  for (const id of [runId, child]) client.send({ kind: "dispose", runId: id });
});

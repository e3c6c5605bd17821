/** @file Stop rules from the command line and the page: what is asked for arrives, and flags and ends come back. */
import { describe, expect, it } from "vitest";
import { parseSearch } from "../src/cli/args.ts";
import { flagLine } from "../src/cli/flag.ts";
import { catalog, registry } from "../src/engine/index.ts";
import type { RunId, RunSpec } from "../src/protocol/spec.ts";
import { hosted } from "./support/hosted.ts";
import { specOf } from "./support/specs.ts";

const { send, run, waitFor } = hosted();

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
  const [runId, child] = ["a" as RunId, "b" as RunId];
  const spec: RunSpec = {
    ...specOf("darts", "collapse", "blobs"),
    steps: 40,
    stop: { rules: ["skips"], ends: true },
    // Every edge a skip, and α nearly still.
    forces: [0, 1, 2].map((edge) => ({ group: "cell", edge, op: 1, kind: "pin", value: 5 })),
  };
  send({ kind: "create", runId, spec });
  send({ kind: "play", runId });
  await waitFor(() => expect(run(runId)?.status).toBe("finished"));
  expect(run(runId)?.records).toHaveLength(1);
  expect(run(runId)?.flags).toMatchObject([{ rule: "skips", steps: 1, of: 1 }]);
  send({ kind: "fork", runId: child, from: runId, steps: 1 });
  await waitFor(() => expect(run(child)?.flags).toHaveLength(1));
  expect(run(child)?.flags).toEqual(run(runId)?.flags);
  for (const id of [runId, child]) send({ kind: "dispose", runId: id });
});

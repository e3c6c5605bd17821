/** @file Pruning by command: the smaller network is a run like any other, from its first step on. */
import { expect, it } from "vitest";
import type { RunId } from "../src/protocol/spec.ts";
import type { RunView } from "../src/ui/state/store.ts";
import { hosted } from "./support/hosted.ts";
import { specOf } from "./support/specs.ts";

const [a, b, c] = ["a", "b", "c"] as RunId[] as [RunId, RunId, RunId];
const { send, run, waitFor } = hosted();
const search = {
  ...specOf("darts", "width", "blobs"),
  ...{ steps: 6, spaceHyper: { stages: 2, blocks: 1, channels: 4, prune: 0.5 } },
};

async function finished(runId: RunId): Promise<RunView> {
  send({ kind: "play", runId });
  await waitFor(() => expect(run(runId).status).toBe("finished"));
  return run(runId);
}
const prune = (quantile: number) =>
  send({ kind: "prune", runId: b, from: a, by: { criterion: "alpha", quantile }, steps: 5 });

it("is smaller by count, trains to its end, and forks from its first step", async () => {
  send({ kind: "create", runId: a, spec: search });
  const { size, latest } = await finished(a);
  prune(0.5);
  await waitFor(() => expect(run(b)?.status).toBe("paused"));
  const { spec, size: left } = run(b);
  expect(spec).toMatchObject({ method: "fixed", steps: 5, pruned: true });
  expect(spec?.genotype).toBe(latest?.genotype.text);
  expect(left?.parameters).toBeLessThan(size?.parameters as number);
  const { records } = await finished(b);
  expect(records).toHaveLength(5);
  send({ kind: "fork", runId: c, from: b, steps: 0 });
  await waitFor(() => expect(run(c)?.status).toBe("paused"));
  expect((await finished(c)).records).toEqual(records);
});
it("goes on from a checkpoint, and not from before it", async () => {
  send({ kind: "create", runId: a, spec: search });
  await finished(a);
  prune(0.25);
  const { records } = await finished(b);
  send({ kind: "checkpoint", runId: b });
  await waitFor(() => expect(run(b).saved?.steps).toBe(5));
  const { saved, begun } = run(b);
  if (!saved || !begun) throw new Error("nothing was saved");
  send({ kind: "create", runId: c, spec: begun, checkpoint: saved.bytes.slice(0) });
  await waitFor(() => expect(run(c)?.status).toBe("paused"));
  expect(run(c).spec?.pruned).toBe(true);
  expect(records).toHaveLength(5);
  const d = "d" as RunId;
  send({ kind: "fork", runId: d, from: c, steps: 2 });
  await waitFor(() => expect(run(d)?.error?.message).toContain("no state before step 2"));
});
it("is refused where there is nothing to prune", async () => {
  send({ kind: "create", runId: a, spec: specOf("darts", "toy", "toy") });
  await waitFor(() => expect(run(a)?.status).toBe("paused"));
  prune(0.5);
  await waitFor(() => expect(run(b)?.error?.message).toContain('"toy" has nothing to prune'));
});

/** @file Branches and continuations over a real message channel: without a change, they are what they branched from. */
import { describe, expect, it } from "vitest";
import type { Genotype, RunId } from "../src/protocol/spec.ts";
import { cutHistory } from "../src/ui/state/history.ts";
import { type RunView, tell } from "../src/ui/state/store.ts";
import { type Verdict, verify } from "../src/ui/state/verify.ts";
import { hosted } from "./support/hosted.ts";
import { specOf } from "./support/specs.ts";

const [a, b] = ["a", "b"] as RunId[] as [RunId, RunId];
const { client, send, run, waitFor } = hosted();

const spec = { ...specOf("darts", "toy", "toy"), steps: 130 };
/** Every row of α as one string of bits, and every loss. */
const whole = ({ trace, records }: RunView) => ({
  alpha: Object.entries(trace?.rows ?? {}).map(([name, rows]) =>
    [...rows.subarray(0, (trace?.length ?? 0) * (trace?.widths[name] ?? 0))].join(" "),
  ),
  steps: [...(trace?.steps.subarray(0, trace.length) ?? [])],
  records,
});
async function playedWithChanges(): Promise<void> {
  send({ kind: "create", runId: a, spec });
  send({ kind: "play", runId: a, until: 20 });
  await waitFor(() => expect(run(a)?.records).toHaveLength(20));
  await waitFor(() => expect(run(a).status).toBe("paused"));
  send({ kind: "tune", runId: a, patch: { hyper: { xi: 0.3 } } });
  send({ kind: "play", runId: a, until: 90 });
  await waitFor(() => expect(run(a).records).toHaveLength(90));
  await waitFor(() => expect(run(a).status).toBe("paused"));
}
async function toTheEnd(...runs: RunId[]): Promise<void> {
  for (const runId of runs) send({ kind: "play", runId });
  for (const runId of runs) await waitFor(() => expect(run(runId).status).toBe("finished"));
}

describe("a fork without a change", () => {
  it.each([0, 7, 20, 61, 90])("from step %i coincides with its parent", async (steps) => {
    await playedWithChanges();
    tell(client().store, { kind: "past", runId: b, past: cutHistory(run(a), steps) });
    send({ kind: "fork", runId: b, from: a, steps });
    await waitFor(() => expect(run(b).status).toBe("paused"));
    expect(run(b).records).toHaveLength(steps);
    expect(run(b).spec?.hyper["xi"]).toBe(steps < 20 ? 0 : 0.3);
    if (steps < 20) {
      send({ kind: "play", runId: b, until: 20 });
      await waitFor(() => expect(run(b).records).toHaveLength(20));
      send({ kind: "tune", runId: b, patch: { hyper: { xi: 0.3 } } });
    }
    await toTheEnd(a, b);
    expect(whole(run(b))).toEqual(whole(run(a)));
  });
  it("with a change parts from its parent", async () => {
    await playedWithChanges();
    tell(client().store, { kind: "past", runId: b, past: cutHistory(run(a), 50) });
    send({ kind: "fork", runId: b, from: a, steps: 50 });
    send({ kind: "tune", runId: b, patch: { hyper: { xi: 0.9 } } });
    await waitFor(() => expect(run(b).spec?.hyper["xi"]).toBe(0.9));
    await toTheEnd(a, b);
    const [parent, child] = [whole(run(a)), whole(run(b))];
    expect(child.records.slice(0, 50)).toEqual(parent.records.slice(0, 50));
    expect(child.records[51]).not.toEqual(parent.records[51]);
  });
  it("from a step not taken, or from nothing, fails with a reason", async () => {
    await playedWithChanges();
    send({ kind: "fork", runId: b, from: a, steps: 91 });
    await waitFor(() =>
      expect(run(b)?.error?.message).toBe('no step 91 to fork from: run "a" has 90'),
    );
    const c = "c" as RunId;
    send({ kind: "fork", runId: c, from: "z" as RunId, steps: 0 });
    await waitFor(() => expect(run(c)?.error?.message).toBe('no run "z" to fork from'));
  });
});

it("a run made again from its checkpoint goes on as if nothing had happened", async () => {
  await playedWithChanges();
  send({ kind: "checkpoint", runId: a });
  await waitFor(() => expect(run(a).saved?.steps).toBe(90));
  const { saved, begun, tunings } = run(a);
  if (!saved || !begun) throw new Error("nothing was saved");
  tell(client().store, { kind: "past", runId: b, past: cutHistory(run(a), saved.steps) });
  send({ kind: "create", runId: b, spec: begun, checkpoint: saved.bytes.slice(0), tunings });
  await waitFor(() => expect(run(b).status).toBe("paused"));
  await toTheEnd(a, b);
  expect(whole(run(b))).toEqual(whole(run(a)));
});

it("a run given the changes of another repeats it from the first step", async () => {
  await playedWithChanges();
  send({ kind: "create", runId: b, spec, tunings: run(a).tunings });
  await toTheEnd(a, b);
  expect(whole(run(b))).toEqual(whole(run(a)));
  expect(run(b).tunings).toEqual(run(a).tunings);
});

describe("verifying a recorded run", () => {
  const other: Genotype = {
    ...{ space: "toy", text: "" },
    groups: { alpha: [{ from: 0, to: 1, op: "another" }] },
  };
  const verdictOn = async (past: RunView): Promise<Verdict> => {
    let last: Verdict | undefined;
    verify(client(), b, past, (verdict) => {
      last = verdict;
    });
    await waitFor(() => expect(last?.kind).not.toBe("running"));
    await waitFor(() => expect(run(b)).toBeUndefined());
    return last as Verdict;
  };
  it("finds it identical on the same backend, changes of settings included", async () => {
    await playedWithChanges();
    expect(await verdictOn(run(a))).toEqual({ kind: "identical", steps: 90 });
  });
  it("names the first step that differs by one bit", async () => {
    await playedWithChanges();
    const past = run(a);
    const other = cutHistory(past, 90);
    const rows = other.trace?.rows["alpha"] as Float32Array;
    const bits = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
    bits[33] = (bits[33] as number) ^ 1;
    expect(await verdictOn({ ...past, ...other })).toMatchObject({
      kind: "differs",
      steps: 33,
      group: "alpha",
      entry: 0,
      total: 90,
      most: expect.closeTo(0, 6),
      decisions: undefined,
      isSameChoice: true,
    });
  });
  it("names the first decision that differs, and whether the last one does", async () => {
    await playedWithChanges();
    const past = run(a);
    const rows = past.trace?.rows["alpha"] as Float32Array;
    rows[33] = (rows[33] as number) + 0.5;
    const first = past.changes[0]?.genotype ?? other;
    const changes = [first, other, first].map((genotype, i) => ({
      genotype,
      steps: [0, 40, 60][i] ?? 0,
    }));
    expect(await verdictOn({ ...past, changes })).toMatchObject({
      ...{ steps: 33, most: 0.5, decisions: { after: 39, by: 40 }, isSameChoice: true },
    });
    const never = { ...past, changes: changes.slice(0, 2) };
    expect(await verdictOn(never)).toMatchObject({ isSameChoice: false });
  });
  it("says why it cannot be done", async () => {
    await playedWithChanges();
    const begun = { ...spec, method: "nothing" };
    expect(await verdictOn({ ...run(a), begun })).toMatchObject({ kind: "failed" });
  });
});

it("plays to the next change of the genotype and no further", async () => {
  const search = { ...specOf("darts", "collapse", "blobs"), steps: 60 };
  const quick = {
    ...search,
    alphaOptimizer: { ...search.alphaOptimizer, lr: 0.5 },
  } as typeof search;
  send({ kind: "create", runId: a, spec: quick });
  send({ kind: "play", runId: a, until: "change" });
  await waitFor(() => expect(run(a)?.changes.length).toBeGreaterThan(1));
  await waitFor(() => expect(run(a).status).toBe("paused"));
  expect(run(a).changes).toHaveLength(2);
  expect(run(a).changes[1]?.steps).toBe(run(a).records.length);
});

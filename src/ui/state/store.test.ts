import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { created, ready, testBurst } from "../../../test/support/fake-engine.ts";
import type { EngineEvent } from "../../protocol/messages.ts";
import type { RunId, RunSpec, Tuning } from "../../protocol/spec.ts";
import type { Trace } from "../viz/trace.ts";
import { initialState, reduce } from "./store.ts";

const a = "a" as RunId;
const spec = { method: "darts", steps: 100, hyper: { xi: 0 } } as unknown as RunSpec;
const error = { code: "Bad", message: "why" };
const probed = (step: number) => ({ probe: "gap", step, values: {}, passes: 1, ms: 1 });
const fold = (...events: readonly EngineEvent[]) => events.reduce(reduce, initialState);

describe("the fold over events", () => {
  it("knows a run from loading to its end", () => {
    const loading = fold({ kind: "status", runId: a, status: "loading" });
    expect(loading.runs[a]).toMatchObject({ status: "loading", records: [] });
    const playing = [
      created(a, spec),
      { kind: "status", runId: a, status: "playing" },
      { kind: "steps", runId: a, burst: testBurst(0, 2) },
      { kind: "steps", runId: a, burst: testBurst(2, 1) },
    ] as const;
    const run = playing.reduce<typeof loading>(reduce, loading).runs[a];
    expect(run?.status).toBe("playing");
    expect(run?.records.map((r) => r.step)).toEqual([0, 1, 2]);
    expect(run?.latest?.genotype.text).toBe("Genotype(3)");
  });

  it("keeps playing a run that was told to play while it loaded", () => {
    const state = fold(
      { kind: "status", runId: a, status: "loading" },
      { kind: "status", runId: a, status: "playing" },
      created(a, spec),
    );
    expect(state.runs[a]?.status).toBe("playing");
  });

  it("shows progress until the first steps", () => {
    const progress = { what: "data", done: 1, total: 8 } as const;
    const before = fold(created(a, spec), { kind: "progress", runId: a, progress });
    expect(before.runs[a]?.progress).toEqual(progress);
    const after = reduce(before, { kind: "steps", runId: a, burst: testBurst(0, 1) });
    expect(after.runs[a]?.progress).toBeUndefined();
  });

  it("keeps a refused command's reason until a tuning is accepted, and the run goes on", () => {
    const refused = fold(created(a, spec), { kind: "refused", runId: a, error });
    expect(refused.runs[a]).toMatchObject({ status: "paused", refused: error });
    const tuned = reduce(refused, {
      ...{ kind: "tuned", runId: a, step: 0, spec },
      ...{ phases: [], patch: {} },
    } as const);
    expect(tuned.runs[a]?.refused).toBeUndefined();
  });

  it("forgets what was measured at a step once a hand moves α there, and keeps what is older", () => {
    const looks = fold(
      created(a, spec),
      { kind: "probed", runId: a, ...probed(0) },
      { kind: "steps", runId: a, burst: testBurst(0, 2) },
      { kind: "probed", runId: a, ...probed(2) },
      { kind: "evaluated", runId: a, step: 2, loss: 1, accuracy: 0.5, examples: 10 },
    );
    const tuned = (patch: Tuning) =>
      reduce(looks, { ...{ kind: "tuned", runId: a, step: 2, spec }, phases: [], patch } as const)
        .runs[a];
    const rate = tuned({ hyper: { xi: 0.5 } });
    expect(rate?.probed.map(({ step }) => step)).toEqual([0, 2]);
    expect(rate?.evaluated).toBeDefined();
    const hand = tuned({ steer: [{ group: "normal", edge: 0, op: 0, set: 9 }] });
    expect(hand?.probed.map(({ step }) => step)).toEqual([0]);
    expect(hand?.evaluated).toBeUndefined();
  });

  it("knows the genotype of a branch from a step at which a hand had changed it", () => {
    const { text: _, ...cell } = testBurst(0, 0).genotype;
    const past = {
      ...{ begun: spec, records: testBurst(0, 3).records, costs: [], tunings: [] },
      trace: { length: 0, steps: new Float64Array(0), rows: {} } as unknown as Trace,
      changes: [{ steps: 0, genotype: { ...cell, text: "Genotype(before the hand)" } }],
    };
    const branch = reduce(initialState, { kind: "past", runId: a, past });
    const made = reduce(branch, created(a, spec)).runs[a];
    expect(made?.changes.map(({ steps, genotype }) => [steps, genotype.text])).toEqual([
      [0, "Genotype(before the hand)"],
      [3, "Genotype(0)"],
    ]);
  });

  it("shows the failure of a run it has not heard of, and forgets a disposed one for good", () => {
    expect(fold({ kind: "failed", runId: a, error }).runs[a]).toMatchObject({
      status: "failed",
      error,
    });
    const gone = fold(created(a, spec), { kind: "disposed", runId: a });
    expect(gone.runs).toEqual({});
    expect(reduce(gone, { kind: "status", runId: a, status: "paused" }).runs).toEqual({});
  });

  it("fails every run that was going when the engine dies, and says so", () => {
    const state = fold(ready, created(a, spec), { kind: "unusable", error });
    expect(state.unusable).toEqual(error);
    expect(state.runs[a]).toMatchObject({ status: "failed", error });
  });

  it("never throws, and never mixes runs up, whatever the order of events", () => {
    const runId = fc.constantFrom("a", "b", "__proto__", "constructor") as fc.Arbitrary<RunId>;
    const status = fc.constantFrom("loading", "paused", "playing", "finished");
    const event = fc.oneof(
      fc.constant(ready),
      fc.constant({ kind: "unusable", error }),
      runId.map((id) => created(id, spec)),
      fc.record({ kind: fc.constant("status"), runId, status }),
      fc.record({
        kind: fc.constant("progress"),
        runId,
        progress: fc.record({ what: fc.constant("data"), done: fc.nat(), total: fc.nat() }),
      }),
      fc.tuple(runId, fc.nat(9), fc.nat(3)).map(([id, first, count]) => ({
        kind: "steps",
        runId: id,
        burst: testBurst(first, count),
      })),
      fc.record({
        ...{ kind: fc.constant("tuned"), runId, step: fc.constant(0), spec: fc.constant(spec) },
        patch: fc.constantFrom({}, { steer: [] }),
      }),
      runId.map((id) => ({ kind: "checkpoint", runId: id, step: 0, bytes: new ArrayBuffer(0) })),
      fc.record({ kind: fc.constantFrom("refused", "failed"), runId, error: fc.constant(error) }),
      runId.map((id) => ({ kind: "disposed", runId: id })),
    ) as fc.Arbitrary<EngineEvent>;
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state = initialState;
        for (const e of events) {
          const before = state;
          state = reduce(state, e);
          for (const id of Object.keys(state.runs) as RunId[]) {
            const run = state.runs[id];
            if ("runId" in e && e.runId !== id) expect(run).toBe(before.runs[id]);
            expect(run?.status === "failed").toBe(run?.error !== undefined);
          }
        }
      }),
    );
  });
});

import { expect, it } from "vitest";
import { created, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import type { Force, RunId, RunSpec, Steer } from "../../protocol/spec.ts";
import { createShown } from "./shown.ts";

/** Two lanes under way, at 10 and at 4 steps; α of a step is its number. */
function page() {
  const engine = readyPage();
  const { client, view, actions } = engine;
  const shown = createShown(client.store, view);
  actions.addLane();
  const steps = (runId: RunId, first: number, count: number) => {
    const normal = Float32Array.from({ length: 4 * count }, (_, i) => first + 1 + (i >> 2));
    const burst = testBurst(first, count);
    engine.emit({ kind: "steps", runId, burst: { ...burst, trace: { ...burst.trace, normal } } });
  };
  const [a, b] = engine.of("create").map(({ runId, spec }: { runId: RunId; spec: RunSpec }) => {
    engine.emit(created(runId, spec));
    return runId;
  }) as [RunId, RunId];
  steps(a, 0, 10);
  steps(b, 0, 4);
  const at = (runId: RunId) => ({
    steps: shown.of(runId)?.records.length,
    alpha: shown.of(runId)?.latest?.alpha["normal"]?.[0],
  });
  return { ...engine, shown, steps, a, b, at };
}

it("shows α and losses of any moment, and each lane's last where it is not that far", () => {
  const { actions, at, a, b } = page();
  actions.scrubTo(7);
  expect(at(a)).toEqual({ steps: 7, alpha: 7 });
  expect(at(b).steps).toBe(4);
  actions.stepBack();
  actions.stepBack();
  actions.stepBack();
  actions.stepBack();
  expect(at(a)).toEqual({ steps: 3, alpha: 3 });
  expect(at(b)).toEqual({ steps: 3, alpha: 3 });
  actions.step();
  expect(at(a).alpha).toBe(4);
  actions.toStart();
  expect(at(a)).toEqual({ steps: 0, alpha: 0 });
  actions.live();
  expect(at(a).steps).toBe(10);
});

it("previews a moment for as long as it is asked for, without going there", () => {
  const { actions, at, a, b, view } = page();
  actions.preview(3);
  expect(at(a)).toEqual({ steps: 3, alpha: 3 });
  expect(at(b)).toEqual({ steps: 3, alpha: 3 });
  expect(view.getState().scrub).toBeUndefined();
  actions.scrubTo(6);
  actions.preview(2);
  expect(at(a).steps).toBe(2);
  actions.preview(undefined);
  expect(at(a).steps).toBe(6);
  actions.brush({ from: 2, to: 4 });
  // A run that is made anew has neither.
  actions.preview(1);
  actions.reset();
  expect(view.getState()).toMatchObject({ preview: undefined, brush: undefined });
});

it("keeps still while the run goes on behind, and tells only of what is shown", () => {
  const { actions, shown, steps, a } = page();
  actions.scrubTo(2);
  const live = shown.live(a, (run) => run?.latest);
  const before = live.get();
  let told = 0;
  live.subscribe(() => told++);
  steps(a, 10, 3);
  expect(live.get()).toBe(before);
  expect(told).toBe(0);
  actions.scrubTo(3);
  expect(told).toBe(1);
});

it("holds every lane before its own step until its last phase", () => {
  const { actions, view, steps, of, at, a, b } = page();
  actions.nextPhase();
  expect(of("step").map(({ runId }) => runId)).toEqual([a, b]);
  steps(a, 10, 1);
  steps(b, 4, 1);
  expect([at(a).steps, at(b).steps]).toEqual([10, 4]);
  actions.nextPhase();
  expect([at(a).steps, at(b).steps]).toEqual([10, 4]);
  actions.nextPhase();
  expect(view.getState().phase).toBeUndefined();
  expect([at(a).steps, at(b).steps]).toEqual([11, 5]);
});

it("shows the hands that lay on α at that moment", () => {
  const { actions, client, emit, shown, steps, a } = page();
  const entry = { group: "normal", edge: 1, op: 0 };
  const steer = (step: number, patch: Steer, forces: readonly Force[]) => {
    const spec = client.store.getState().runs[a]?.spec as RunSpec;
    const { forces: _, ...free } = spec;
    const now = forces.length > 0 ? { ...free, forces } : free;
    emit({ kind: "tuned", runId: a, step, spec: now, phases: [], patch: { steer: [patch] } });
  };
  const handsAt = (moment: number) => {
    actions.scrubTo(moment);
    return shown.of(a)?.spec?.forces;
  };
  const pinned: Force = { ...entry, kind: "pin", value: 10 };
  steer(10, { ...entry, force: "pin" }, [pinned]);
  steps(a, 10, 5);
  steer(15, { ...entry, force: "none" }, []);
  steps(a, 15, 5);
  expect(handsAt(9)).toBeUndefined();
  expect(shown.of(a)?.tunings).toEqual([]);
  expect(handsAt(10)).toEqual([pinned]);
  expect(handsAt(14)).toEqual([pinned]);
  expect(handsAt(15)).toBeUndefined();
  expect(handsAt(20)).toBeUndefined();
});

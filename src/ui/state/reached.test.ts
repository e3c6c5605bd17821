// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { created, makeRuns, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { reachedBy } from "./reached.ts";

/** A page whose lane A has taken 9 steps of the preset "tiny". */
function page() {
  const p = readyPage();
  const { actions, client, view } = p;
  actions.choosePreset("tiny");
  makeRuns(p, client);
  const lane = (i = 0) => {
    const found = view.getState().lanes[i];
    if (!found) throw new Error(`there is no lane ${i}`);
    return found;
  };
  const runId = lane().runId ?? ("none" as RunId);
  p.emit({ kind: "steps", runId, burst: testBurst(0, 9) });
  const reached = (steps?: number, i = 0) =>
    reachedBy(lane(i), view.getState(), client.store.getState(), steps);
  return { ...p, runId, reached };
}

it("is a digest of as many steps as were asked for, if they were taken", () => {
  const p = page();
  expect(p.reached()).toMatchObject({ digest: { steps: 9 } });
  expect(p.reached(4)).toMatchObject({ digest: { steps: 4 } });
  expect(p.reached(10)).toBeUndefined();
});

it("says why a run has none that others could come to", () => {
  const p = page();
  p.actions.setShared("spaceHyper", "cells", 7);
  expect(p.reached()).toEqual({ why: "some of its settings wait for a restart" });
  p.actions.setShared("spaceHyper", "cells", 3);
  expect(p.reached()).toHaveProperty("digest");
  p.actions.setHyper("A", "xi", 0.5);
  expect(p.reached()).toEqual({ why: "some of its settings wait for a restart" });
  p.actions.setHyper("A", "xi", 0);
  p.actions.scrubTo(4);
  p.actions.fork();
  const { runId } = p.view.getState().lanes[1] ?? {};
  const spec = p.of("create").at(-1)?.spec;
  if (runId && spec) p.emit({ kind: "status", runId, status: "loading" }, created(runId, spec));
  expect(p.reached(undefined, 1)).toEqual({
    why: "it branched off from another, and a link holds no past",
  });
});

it("counts what was set before the first step as there from the beginning, but not hands on α", () => {
  const tuned = (step: number, steer: boolean) => {
    const p = page();
    const spec = p.of("create").at(-1)?.spec;
    if (!spec) throw new Error("no run was asked for");
    const patch = steer ? { steer: [{ group: "normal", edge: 0, op: 0, set: 1 }] } : {};
    p.emit({ kind: "tuned", runId: p.runId, step, patch, spec, phases: [] });
    return p.reached();
  };
  expect(tuned(0, false)).toHaveProperty("digest");
  expect(tuned(0, true)).toEqual({ why: "settings or α were changed while it ran" });
  expect(tuned(3, false)).toEqual({ why: "settings or α were changed while it ran" });
});

it("does not count what was gone on with on another backend", () => {
  const p = page();
  const run = p.client.store.getState().runs[p.runId];
  if (!run?.begun) throw new Error("the run has not begun");
  const past = { ...run, begun: { ...run.begun, backend: "webgpu" as const } };
  p.client.store.setState(({ runs }) => ({ runs: { ...runs, [p.runId]: past } }));
  expect(p.reached()).toEqual({
    why: "it was begun on another backend, which rounds differently",
  });
});

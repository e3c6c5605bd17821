/** @file One epoch: how far runs play on, how far the past is gone through, and what is said where there is none. */
import { expect, it } from "vitest";
import { created, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import type { EngineEvent } from "../../protocol/messages.ts";

/** A lane at ten steps of a run whose epochs have seven; `epoch` undefined for a run without. */
function page(epoch: number | undefined) {
  const p = readyPage();
  const { runId, spec } = p.of("create")[0] ?? {};
  if (!runId || !spec) throw new Error("a run is expected");
  const make = () =>
    p.emit({ ...created(runId, spec), ...(epoch !== undefined && { epoch }) } as EngineEvent, {
      kind: "steps",
      runId,
      burst: testBurst(0, 10),
    });
  return { ...p, make };
}

it("plays every run on by its epoch, and pauses there", () => {
  const { make, actions, of } = page(7);
  make();
  actions.nextEpoch();
  expect(of("play").map(({ until }) => until)).toEqual([17]);
});

it("goes through the past first, if that is on show", () => {
  const { make, actions, of, view } = page(7);
  make();
  actions.scrubTo(2);
  actions.nextEpoch();
  expect(view.getState().scrub).toBe(9);
  actions.nextEpoch();
  expect(view.getState().scrub).toBeUndefined();
  expect(of("play")).toEqual([]);
});

it("leaves a step that is walked through before it plays on", () => {
  const { make, actions, of, view } = page(7);
  make();
  actions.nextPhase();
  actions.nextEpoch();
  expect(view.getState()).toMatchObject({ phase: undefined, scrub: undefined });
  expect(of("play").length).toBe(1);
});

it("says that a problem has none, but not before its run is made", () => {
  const { make, actions, view, of } = page(undefined);
  actions.nextEpoch();
  expect(view.getState().notices).toEqual([]);
  make();
  actions.nextEpoch();
  expect(view.getState().notices).toEqual([
    { title: "No epoch", lines: ["This problem has no examples to go through, and so no epoch."] },
  ]);
  expect(of("play")).toEqual([]);
});

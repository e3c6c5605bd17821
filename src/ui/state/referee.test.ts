/** @file The referee trains random cells and a lane's cell alike, judges them on test images, and says what it cannot. */
import { expect, it } from "vitest";
import { created, fakeEngine, readyToTrain, testBurst } from "../../../test/support/fake-engine.ts";
import type { EngineEvent, RunCost } from "../../protocol/messages.ts";
import type { RunId } from "../../protocol/spec.ts";
import { createActions } from "./actions.ts";
import { createClient } from "./client.ts";
import { luckOf, refereeOf } from "./referee.ts";
import { createView } from "./view.ts";

function page() {
  const engine = fakeEngine();
  const client = createClient(engine.open);
  const view = createView();
  const actions = { ...createActions(client, view), ...refereeOf({ client, view }) };
  engine.emit(readyToTrain);
  actions.choosePreset("tiny");
  const trainings = () => engine.of("create").filter(({ runId }) => runId.startsWith("luck"));
  /** Ends the training that was begun last. */
  const train = (accuracy: number | undefined) => {
    const { runId, spec } = trainings().at(-1) ?? {};
    if (!runId || !spec) throw new Error("nothing is trained");
    engine.emit({ kind: "status", runId, status: "loading" }, created(runId, spec));
    engine.emit({ kind: "steps", runId, burst: testBurst(0, spec.steps) });
    expect(engine.of("evaluate").at(-1)).toEqual({ kind: "evaluate", runId, on: "test" });
    if (accuracy === undefined)
      engine.emit({ kind: "refused", runId, error: { code: "SpecError", message: "cannot" } });
    else
      engine.emit({ kind: "evaluated", runId, step: spec.steps, loss: 1, accuracy, examples: 9 });
  };
  return { ...engine, actions, view, trainings, train, luck: () => luckOf(view.getState()) };
}

it("trains random cells with the seeds that follow, on a schedule of that length", () => {
  const p = page();
  p.actions.knowLuck(5, [0.2, 0.3]);
  p.actions.trainRandom(2);
  expect(p.trainings()[0]?.spec).toMatchObject({ method: "fixed", seed: 3, steps: 5 });
  expect(p.trainings()[0]?.spec.genotype).toBeUndefined();
  p.train(0.4);
  p.train(0.1);
  expect(p.trainings().map(({ spec }) => spec.seed)).toEqual([3, 4]);
  expect(p.luck()).toMatchObject({ random: [0.2, 0.3, 0.4, 0.1], recorded: 2 });
  expect(p.luck()?.training).toBeUndefined();
});

it("trains a lane's cell as it is now, alike", () => {
  const p = page();
  const first = p.of("create").at(-1);
  if (!first) throw new Error("no run was asked for");
  p.emit(created(first.runId, first.spec));
  p.emit({ kind: "steps", runId: first.runId, burst: testBurst(0, 3) });
  p.actions.knowLuck(5);
  p.actions.judgeCell("A");
  expect(p.trainings()[0]?.spec).toMatchObject({ genotype: "Genotype(3)", steps: 5 });
  p.train(0.7);
  p.actions.judgeCell("A");
  p.train(0.6);
  expect(p.luck()?.cells).toMatchObject([{ letter: "A", method: "darts", at: 3, accuracy: 0.6 }]);
});

it("says why there is no figure, and ends there", () => {
  const p = page();
  p.actions.knowLuck(5);
  p.actions.trainRandom(3);
  p.train(undefined);
  expect(p.luck()).toMatchObject({ random: [], failure: "cannot", training: undefined });
  expect(p.trainings()).toHaveLength(1);
});

it("says how long a training will take: as forecast, or as a few steps are timed", () => {
  const p = page();
  const rehearsed = () =>
    p
      .of("create")
      .filter(({ runId }) => runId.startsWith("forecast"))
      .at(-1) ?? p.trainings()[0];
  const begin = (steps: number, cost?: RunCost) => {
    p.actions.knowLuck(steps);
    p.actions.forecastTraining({ problem: p.luck()?.problem ?? "", steps });
    const { runId, spec } = rehearsed() ?? {};
    if (!runId || !spec) throw new Error("nothing is rehearsed");
    expect(spec).toMatchObject({ method: "fixed", steps });
    p.emit({ kind: "status", runId, status: "loading" });
    p.emit({ ...created(runId, spec), ...(cost && { cost }) } as EngineEvent);
    return runId;
  };
  const told = begin(300, { bytes: 1, msPerStep: 4 });
  expect(p.luck()?.msPerCell).toBe(1200);
  expect(p.of("dispose").at(-1)?.runId).toBe(told);
  const timed = begin(100);
  expect(p.of("play").at(-1)).toMatchObject({ runId: timed, until: 8 });
  expect(p.luck()?.msPerCell).toBeUndefined();
  p.emit({ kind: "steps", runId: timed, burst: testBurst(0, 8) });
  expect(p.luck()?.msPerCell).toBe(200);
  // What was measured counts more than what was forecast.
  p.actions.trainRandom(1);
  p.train(0.4);
  expect(p.luck()?.msPerCell).not.toBe(200);
  p.actions.choosePreset("small");
  p.actions.forecastTraining({ problem: "another", steps: 5 });
  expect(rehearsed()?.runId).toBe(timed);
});

it("knows nothing of another problem, and stops on request", () => {
  const p = page();
  p.actions.knowLuck(5);
  p.actions.trainRandom(3);
  p.actions.stopReferee();
  expect(p.of("dispose").at(-1)?.runId).toBe(p.trainings()[0]?.runId as RunId);
  expect(p.luck()?.training).toBeUndefined();
  p.actions.choosePreset("small");
  expect(p.luck()).toBeUndefined();
});

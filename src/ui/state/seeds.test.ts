/** @file Seeds run one after another; what each found is kept, and stopping keeps what is done. */
import { expect, it } from "vitest";
import { created, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { ofProblem, seedsOf } from "./seeds.ts";

function page() {
  const engine = readyPage();
  engine.actions.choosePreset("tiny");
  const seedRuns = () => engine.of("create").filter(({ runId }) => runId.startsWith("seed"));
  const finish = (runId: RunId, steps: number) => {
    const asked = engine.of("create").find((c) => c.runId === runId);
    if (!asked) throw new Error(`no run ${runId}`);
    engine.emit({ kind: "status", runId, status: "loading" }, created(runId, asked.spec));
    engine.emit({ kind: "steps", runId, burst: testBurst(0, steps) });
  };
  return { ...engine, actions: seedsOf(engine), seedRuns, finish };
}

it("runs seeds one after another with the lane's settings, and keeps what each found", () => {
  const p = page();
  p.actions.startSeeds("A", { first: 7, count: 2, steps: 5 });
  expect(p.seedRuns()).toHaveLength(1);
  expect(p.of("play").at(-1)).toMatchObject({ runId: p.seedRuns()[0]?.runId, until: 5 });
  p.finish(p.seedRuns()[0]?.runId as RunId, 5);
  expect(p.seedRuns().map(({ spec }) => spec.seed)).toEqual([7, 8]);
  expect(p.view.getState().study?.isRunning).toBe(true);
  p.finish(p.seedRuns()[1]?.runId as RunId, 5);
  const study = p.view.getState().study;
  expect(study?.results.map(({ seed, records }) => [seed, records.length])).toEqual([
    [7, 5],
    [8, 5],
  ]);
  expect(study?.isRunning).toBe(false);
  const disposed = p.of("dispose").map(({ runId }) => runId);
  expect(disposed.slice(-2)).toEqual(p.seedRuns().map((c) => c.runId));
});

it("stops where it is told to, and goes on after a seed that fails", () => {
  const p = page();
  p.actions.startSeeds("A", { first: 1, count: 3, steps: 5 });
  const error = { code: "DivergedError", message: "step 1 diverged" };
  p.emit({ kind: "failed", runId: p.seedRuns()[0]?.runId as RunId, error });
  expect(p.seedRuns()).toHaveLength(2);
  p.actions.stopSeeds();
  p.finish(p.seedRuns()[1]?.runId as RunId, 5);
  expect(p.seedRuns()).toHaveLength(2);
  expect(p.view.getState().study?.results).toMatchObject([{ seed: 1, genotype: undefined }]);
});

it("counts as seeds of the problem that was on show, and of no other", () => {
  const p = page();
  p.actions.startSeeds("A", { first: 1, count: 1, steps: 5 });
  const shown = () => ofProblem(p.view.getState().study, p.view.getState());
  expect(shown()?.plan.count).toBe(1);
  p.view.setState(({ setup }) => ({ setup: { ...setup, seed: 9 } }));
  expect(shown()).toBeDefined();
  const { setup } = p.view.getState();
  p.view.setState({ setup: { ...setup, preset: "toy" } });
  expect(shown()).toBeUndefined();
  p.view.setState({ setup: { ...setup, spaceHyper: { cells: 5 } } });
  expect(shown()).toBeUndefined();
});

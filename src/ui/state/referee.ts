/**
 * @file The referee: random cells of the problem on show, and the cells that lanes have found, each trained alone for as
 * many steps and judged on test images that neither search nor training has seen.
 */
import type { Catalog } from "../../protocol/catalog.ts";
import type { RunSpec } from "../../protocol/spec.ts";
import { type Lane, presetOf, type Setup, specOf, trainerFor } from "./lanes.ts";
import { onceAClient, type Stage } from "./once.ts";
import { createSeries, type Leg, type LegEnd } from "./series.ts";
import type { RunView } from "./store.ts";
import { laneOf, type ViewState } from "./view.ts";

/** A lane's cell, trained and judged. */
export interface JudgedCell {
  readonly letter: string;
  readonly method: string;
  /** The search's step at which the cell was taken. */
  readonly at: number;
  readonly genotype: string;
  /** Share of right answers on test images. */
  readonly accuracy: number;
}
/** What is known of luck on one problem. */
export interface Luck {
  /** The problem that it is of: `problemOf` the setup. */
  readonly problem: string;
  /** Of each training. */
  readonly steps: number;
  /** Accuracies of random cells; the i-th was drawn and trained with seed i + 1. */
  readonly random: readonly number[];
  /** How many of those, the first, came with the page and were not computed here. */
  readonly recorded: number;
  readonly cells: readonly JudgedCell[];
  /** A training's time here, forecast or, once one is done, measured; undefined until that is known. */
  readonly msPerCell: number | undefined;
  /** What is being trained; undefined for nothing. */
  readonly training:
    | { readonly what: string; readonly of: number; readonly done: number }
    | undefined;
  /** Why the last training gave no figure. */
  readonly failure: string | undefined;
}

/** What decides how hard a problem is; figures of another one say nothing here. */
export const problemOf = ({ preset, spaceHyper, taskHyper }: Setup): string =>
  JSON.stringify([preset, spaceHyper, taskHyper]);

/** What is known of the problem on show. */
export const luckOf = ({ luck, setup }: Pick<ViewState, "luck" | "setup">): Luck | undefined =>
  luck?.problem === problemOf(setup) ? luck : undefined;

/** Steps enough for a mean, where the engine cannot tell beforehand. */
const rehearsed = 8;

/** The page's one referee. */
export const refereeOf = onceAClient(createReferee);

function createReferee({ client, view }: Stage) {
  const { store } = client;
  const series = createSeries(client, "luck");
  const rehearsal = createSeries(client, "forecast");
  const patchLuck = (change: (luck: Luck) => Partial<Luck>) =>
    view.setState(({ luck }) => ({ luck: luck && { ...luck, ...change(luck) } }));

  /** What trains a genotype on the problem on show; undefined where nothing does. */
  function trainer(steps: number): RunSpec | undefined {
    const { catalog, backend } = store.getState();
    const { setup } = view.getState();
    const method = catalog && trainerOf(catalog, setup);
    if (!catalog || !backend || method === undefined) return undefined;
    const spec = specOf(catalog, setup, usualLane(method), backend.id);
    // Its rates fall over these steps, not over those of a whole search.
    return spec && { ...spec, steps };
  }
  function train(
    what: string,
    legs: readonly Leg[],
    take: (accuracy: number, end: LegEnd) => (luck: Luck) => Partial<Luck>,
  ): void {
    patchLuck(() => ({ training: { what, of: legs.length, done: 0 }, failure: undefined }));
    rehearsal.stop();
    const startMs = performance.now();
    series.start(legs, {
      onLeg(end, i) {
        if (end.verdict) patchLuck(() => ({ msPerCell: (performance.now() - startMs) / (i + 1) }));
        if (end.verdict) patchLuck(take(end.verdict.accuracy, end));
        else patchLuck(() => ({ failure: end.failure }));
        patchLuck(({ training }) => ({ training: training && { ...training, done: i + 1 } }));
        // What is refused once is refused again.
        return end.verdict !== undefined;
      },
      onEnd: () => patchLuck(() => ({ training: undefined })),
    });
  }
  function stop(): void {
    series.stop();
    patchLuck(() => ({ training: undefined }));
  }

  return {
    /** Begins anew, or with figures that came with the page. */
    knowLuck(steps: number, random: readonly number[] = []): void {
      series.stop();
      rehearsal.stop();
      view.setState(({ setup }) => ({
        luck: {
          problem: problemOf(setup),
          steps,
          random,
          recorded: random.length,
          cells: [],
          msPerCell: undefined,
          training: undefined,
          failure: undefined,
        },
      }));
    },
    /** Finds out how long a training will take: the engine's forecast, or else a few steps, timed. */
    forecastTraining({ problem, steps }: Pick<Luck, "problem" | "steps">): void {
      const luck = luckOf(view.getState());
      const spec = luck?.problem === problem && !luck.training && trainer(steps);
      if (!spec) return;
      const know = ({ cost, latest }: RunView) => {
        const ms = cost?.msPerStep ?? (latest?.records.length ? latest.msPerStep : undefined);
        if (ms !== undefined) patchLuck(() => ({ msPerCell: ms * spec.steps }));
        return ms !== undefined;
      };
      rehearsal.start([{ spec, steps: Math.min(rehearsed, spec.steps) }], {
        onRun(run) {
          if (run.cost?.msPerStep !== undefined && know(run)) rehearsal.stop();
        },
        onLeg: ({ run }) => know(run),
        onEnd() {},
      });
    },
    /** Trains so many more random cells. */
    trainRandom(count: number): void {
      const luck = luckOf(view.getState());
      const spec = luck && trainer(luck.steps);
      if (!luck || !spec) return;
      const first = luck.random.length + 1;
      const legs = Array.from({ length: count }, (_, i): Leg => {
        return { spec: { ...spec, seed: first + i }, steps: spec.steps, judgedOn: "test" };
      });
      train("random cells", legs, (accuracy) => ({ random }) => ({
        random: [...random, accuracy],
      }));
    },
    /** Trains the cell that a lane would give now, with the setup's seed, and judges it likewise. */
    judgeCell(id: string): void {
      const state = view.getState();
      const luck = luckOf(state);
      const spec = luck && trainer(luck.steps);
      const lane = laneOf(view, id);
      const run = lane?.runId === undefined ? undefined : store.getState().runs[lane.runId];
      const genotype = run?.latest?.genotype.text;
      if (!spec || !lane || !run || !genotype) return;
      const { letter, method } = lane;
      const at = run.records.length;
      const legs: readonly Leg[] = [
        { spec: { ...spec, genotype }, steps: spec.steps, judgedOn: "test" },
      ];
      train(`the cell of lane ${letter}`, legs, (accuracy) => ({ cells }) => ({
        cells: [
          ...cells.filter((cell) => cell.letter !== letter),
          { letter, method, at, genotype, accuracy },
        ],
      }));
    },
    /** Ends it; what is done stays. */
    stopReferee: stop,
  };
}

/** The method that trains a genotype of the setup's space, by id. */
export function trainerOf(catalog: Catalog, setup: Setup): string | undefined {
  const preset = presetOf(catalog, setup);
  return preset && trainerFor(catalog, preset)?.id;
}

/** Its usual settings, whatever the lanes have. */
const usualLane = (method: string): Lane => ({
  ...{ id: "", letter: "", runId: undefined, method, hyper: {}, stepsAsked: 0 },
  optimizers: { weights: {}, alpha: {} },
});

/** @file Runs one lane's settings with several seeds, one after another, beside the lanes. */
import type { StepRecord } from "../../protocol/messages.ts";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import { specOf } from "./lanes.ts";
import { onceAClient, type Stage } from "./once.ts";
import type { RecordingEntry } from "./recording.ts";
import { problemOf } from "./referee.ts";
import { createSeries } from "./series.ts";
import { laneOf, type ViewState } from "./view.ts";

/** What to try: seeds `first` … `first + count − 1`, so many steps each. */
export interface SeedPlan {
  readonly first: number;
  readonly count: number;
  readonly steps: number;
}
/** One seed's outcome. */
export interface SeedResult {
  readonly seed: number;
  readonly records: readonly StepRecord[];
  /** Undefined where the run failed. */
  readonly genotype: Genotype | undefined;
  /** By group, (edges, ops) at the end; empty where the run failed. */
  readonly alpha: Readonly<Record<string, Float32Array>>;
}
/** What was asked, and what came of it so far. */
export interface Study {
  /** The lane whose settings are tried, by id, and its letter. */
  readonly lane: string;
  readonly letter: string;
  readonly method: string;
  /** `problemOf` its setup: losses of another one stand beside none of this. */
  readonly problem: string;
  readonly groups: readonly AlphaGroup[];
  readonly plan: SeedPlan;
  /** In the order of their seeds. */
  readonly results: readonly SeedResult[];
  readonly isRunning: boolean;
  /** Where it was recorded; absent where this page computed it. */
  readonly recording?: RecordingEntry;
}

/** Whether two cells have the same edges and candidates, so that seeds of one can be drawn on the other. */
export const isSameCell = (a: readonly AlphaGroup[], b: readonly AlphaGroup[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** A study, if it is of the problem on show. */
export const ofProblem = (
  study: Study | undefined,
  { setup }: Pick<ViewState, "setup">,
): Study | undefined => (study?.problem === problemOf(setup) ? study : undefined);

/** The page's one study of seeds. */
export const seedsOf = onceAClient(createSeeds);

function createSeeds({ client, view }: Stage) {
  const { store } = client;
  const series = createSeries(client, "seed");
  const setStudy = (patch: Partial<Study>) =>
    view.setState(({ study }) => ({ study: study && { ...study, ...patch } }));

  return {
    /** Tries a lane's settings; ends the study before. */
    startSeeds(laneId: string, plan: SeedPlan) {
      series.stop();
      const { catalog, backend } = store.getState();
      const { setup } = view.getState();
      const lane = laneOf(view, laneId);
      const spec = catalog && backend && lane && specOf(catalog, setup, lane, backend.id);
      if (!spec || !lane) return;
      const { id, letter, method } = lane;
      const begun = { problem: problemOf(setup), groups: [], plan, results: [], isRunning: true };
      const study = { lane: id, letter, method, ...begun };
      view.setState({ study, consensus: undefined });
      // The length of the schedule stays the preset's: a short run is its beginning.
      const legs = Array.from({ length: plan.count }, (_, i) => ({
        spec: { ...spec, seed: (plan.first + i) % 2 ** 32 },
        steps: plan.steps,
      }));
      series.start(legs, {
        onRun({ groups }) {
          if (groups.length > 0 && view.getState().study?.groups.length === 0) setStudy({ groups });
        },
        onLeg({ run, failure }, i) {
          const genotype = failure === undefined ? run.latest?.genotype : undefined;
          const { results = [] } = view.getState().study ?? {};
          const seed = legs[i]?.spec.seed ?? plan.first;
          const alpha = (genotype && run.latest?.alpha) ?? {};
          setStudy({ results: [...results, { seed, records: run.records, genotype, alpha }] });
          return true;
        },
        onEnd: () => setStudy({ isRunning: false }),
      });
    },
    /** Ends it; what is done stays. */
    stopSeeds() {
      series.stop();
      setStudy({ isRunning: false });
    },
    /** Shows what seeds agree on in place of their lane's own cell. */
    setConsensus: (consensus: "study" | "recorded" | undefined) => view.setState({ consensus }),
  };
}

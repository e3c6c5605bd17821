/** @file Runs one lane's settings with several seeds, one after another, beside the lanes. */
import type { StepRecord } from "../../protocol/messages.ts";
import type { AlphaGroup, Genotype, RunId, RunSpec } from "../../protocol/spec.ts";
import type { EngineClient } from "./client.ts";
import { specOf } from "./lanes.ts";
import { tell } from "./store.ts";
import type { ViewStore } from "./view.ts";

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
}
/** What was asked, and what came of it so far. */
export interface Study {
  /** The lane whose settings are tried, by id, and its letter. */
  readonly lane: string;
  readonly letter: string;
  readonly method: string;
  readonly groups: readonly AlphaGroup[];
  readonly plan: SeedPlan;
  /** In the order of their seeds. */
  readonly results: readonly SeedResult[];
  readonly isRunning: boolean;
}

export function createSeeds({ store, send }: EngineClient, view: ViewStore) {
  let made = 0;
  let callOff = () => {};
  const setStudy = (patch: Partial<Study>) =>
    view.setState(({ study }) => ({ study: study && { ...study, ...patch } }));

  /** Begins with seed number `i`; goes on by itself. */
  function runSeed(spec: RunSpec, plan: SeedPlan, i: number): void {
    if (i >= plan.count) {
      callOff = () => {};
      setStudy({ isRunning: false });
      return;
    }
    const runId = `seed${++made}` as RunId;
    const seed = (plan.first + i) % 2 ** 32;
    const end = () => {
      stop();
      if (store.getState().runs[runId]?.status === "failed")
        tell(store, { kind: "forgotten", runId });
      else send({ kind: "dispose", runId });
    };
    const stop = store.subscribe((now, before) => {
      const run = now.runs[runId];
      // The engine has died or was started anew.
      if (now.unusable || (before.runs[runId] && !run)) {
        stop();
        setStudy({ isRunning: false });
        return;
      }
      if (!run || run === before.runs[runId]) return;
      const isDone = run.records.length >= plan.steps || run.status === "finished";
      if (run.groups.length > 0 && view.getState().study?.groups.length === 0)
        setStudy({ groups: run.groups });
      if (!isDone && !run.error) return;
      const genotype = run.error ? undefined : run.latest?.genotype;
      const { results = [] } = view.getState().study ?? {};
      end();
      setStudy({ results: [...results, { seed, records: run.records, genotype }] });
      runSeed(spec, plan, i + 1);
    });
    callOff = end;
    // The length of the schedule stays the preset's: a short run is its beginning.
    send({ kind: "create", runId, spec: { ...spec, seed } });
    send({ kind: "play", runId, until: Math.min(plan.steps, spec.steps) });
  }

  return {
    /** Tries a lane's settings; ends the study before. */
    startSeeds(laneId: string, plan: SeedPlan) {
      callOff();
      const { catalog, backend } = store.getState();
      const { lanes, setup } = view.getState();
      const lane = lanes.find(({ id }) => id === laneId);
      const spec = catalog && backend && lane && specOf(catalog, setup, lane, backend.id);
      if (!spec || !lane) return;
      const { id, letter, method } = lane;
      const study = { lane: id, letter, method, groups: [], plan, results: [], isRunning: true };
      view.setState({ study, isConsensus: false });
      runSeed(spec, plan, 0);
    },
    /** Ends it; what is done stays. */
    stopSeeds() {
      callOff();
      callOff = () => {};
      setStudy({ isRunning: false });
    },
    /** Shows what seeds agree on in place of the lane's own cell. */
    setConsensus: (isConsensus: boolean) => view.setState({ isConsensus }),
  };
}

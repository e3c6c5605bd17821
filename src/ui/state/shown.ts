/** @file What is on show: a run as it is, or, scrubbed back, as it was after so many steps. */
import type { StoreApi } from "zustand/vanilla";
import type { RunId, RunSpec } from "../../protocol/spec.ts";
import { genotypeAt } from "../viz/changes.ts";
import { type Live, liveOf } from "../viz/live.ts";
import { alphaIn, rowAt } from "../viz/trace.ts";
import { forcesAt } from "./forces.ts";
import { specAt } from "./history.ts";
import type { EngineState, RunView } from "./store.ts";
import { momentIn, type ViewStore } from "./view.ts";

/** The run as it was after `steps` steps; itself where that is its present, or undefined is asked for. */
function runAt(run: RunView, steps: number | undefined): RunView {
  const { trace, latest, records } = run;
  if (steps === undefined || !trace || !latest || steps >= records.length) return run;
  const genotype = genotypeAt(run.changes, steps) ?? latest.genotype;
  const row = rowAt(trace, steps);
  const alpha = Object.fromEntries(
    Object.keys(trace.widths).map((name) => [
      name,
      alphaIn(trace, name, row) ?? new Float32Array(0),
    ]),
  );
  return {
    ...run,
    spec: specShown(run, steps),
    tunings: run.tunings.filter((tuned) => tuned.steps <= steps),
    records: records.slice(0, steps),
    latest: { ...latest, records: [], trace: {}, changes: [], alpha, genotype },
  };
}

/** With the settings and the hands on α of that moment. */
function specShown(run: RunView, steps: number): RunSpec | undefined {
  const spec = specAt(run, steps) ?? run.spec;
  if (!spec) return undefined;
  const { forces: _, ...free } = spec;
  const forces = forcesAt(run, steps);
  return forces.length > 0 ? { ...free, forces } : free;
}

/**
 * Runs as they are shown. A scrubbed run keeps its identity while it goes on behind the scenes, so that nothing is
 * redrawn for steps that nobody sees.
 */
export function createShown(store: StoreApi<EngineState>, view: ViewStore) {
  const past = new Map<RunId, { steps: number; of: RunView; shown: RunView }>();
  const shown = (runId: RunId | undefined): RunView | undefined => {
    const run = runId === undefined ? undefined : store.getState().runs[runId];
    if (!run || runId === undefined) return run;
    const { phase, lanes } = view.getState();
    // Inside a step every lane stands before its own, however many it has taken.
    const asked = lanes.find((lane) => lane.runId === runId)?.stepsAsked ?? 1;
    const scrub = phase === undefined ? momentIn(view.getState()) : asked - 1;
    if (scrub === undefined || scrub >= run.records.length) {
      past.delete(runId);
      return run;
    }
    const known = past.get(runId);
    const isSame =
      known?.steps === scrub && known.of.status === run.status && known.of.begun === run.begun;
    if (isSame) return known.shown;
    const now = { steps: scrub, of: run, shown: runAt(run, scrub) };
    past.set(runId, now);
    return now.shown;
  };
  return {
    of: shown,
    /** One value of a shown run; `select` must return the same object for the same run. */
    live: <T>(runId: RunId | undefined, select: (run: RunView | undefined) => T): Live<T> =>
      liveOf(() => select(shown(runId)), store, view),
  };
}
export type Shown = ReturnType<typeof createShown>;

/** @file The events of all lanes as one log, told anew only when something has happened. */
import type { StoreApi } from "zustand/vanilla";
import { type Live, liveOf } from "../viz/live.ts";
import { type Line, linesOf } from "../viz/narrator.ts";
import { remember } from "./remember.ts";
import { ruleNames } from "./stop-wish.ts";
import type { EngineState } from "./store.ts";
import type { ViewStore } from "./view.ts";

/** The oldest line first; the same object for the same events. */
export function createLog(store: StoreApi<EngineState>, view: ViewStore): Live<readonly Line[]> {
  const linesNow = remember<readonly Line[]>();
  const read = (): readonly Line[] => {
    const { runs, catalog } = store.getState();
    const { lanes, seen, thresholds } = view.getState();
    const told = lanes.flatMap((lane) => {
      const run = lane.runId === undefined ? undefined : runs[lane.runId];
      return run ? [{ lane, run }] : [];
    });
    const of = [
      seen,
      thresholds,
      ...told.flatMap(({ lane, run }) => [
        lane.letter,
        run.changes,
        run.tunings,
        run.probed,
        run.flags,
        run.error,
        run.status === "finished",
      ]),
    ];
    const tell = () =>
      told.flatMap(({ lane, run }) => {
        const own = seen.filter(({ runId }) => runId === lane.runId);
        const steps = run.records.length;
        const end = run.error
          ? [{ steps, text: `stopped: ${run.error.message}`, isState: true as const }]
          : run.status === "finished"
            ? [{ steps, text: "finished", isState: true as const }]
            : [];
        const { letter } = lane;
        return linesOf({ ...run, letter, seen: [...own, ...end] }, thresholds, ruleNames(catalog));
      });
    return linesNow(of, () => tell().sort((a, b) => a.steps - b.steps));
  };
  return liveOf(read, store, view);
}

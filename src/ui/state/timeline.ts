/** @file One line of time for all lanes: how long it is, where the page looks, and what happened where. */
import type { StoreApi } from "zustand/vanilla";
import { flipsIn } from "../viz/changes.ts";
import { flagsOf } from "../viz/health.ts";
import { type Live, liveOf } from "../viz/live.ts";
import { remember } from "./remember.ts";
import type { EngineState } from "./store.ts";
import type { ViewStore } from "./view.ts";

/** In steps taken. */
export interface Timeline {
  /** The moment on show. */
  readonly moment: number;
  /** Where the longest lane is. */
  readonly present: number;
  /** Changes of any lane's genotype, ascending, without repeats. */
  readonly flips: readonly number[];
  /** Where lanes branched off. */
  readonly forks: readonly number[];
  /** Where a rule would have stopped one of them. */
  readonly flags: readonly number[];
}

/** More ticks than this cannot be told apart; the newest are kept. */
const mostTicks = 200;

/** The same object for the same timeline, so that nothing is drawn twice. */
export function createTimeline(store: StoreApi<EngineState>, view: ViewStore): Live<Timeline> {
  const [flipsNow, flagsNow] = [remember<readonly number[]>(), remember<readonly number[]>()];
  let last: Timeline = { moment: 0, present: 0, flips: [], forks: [], flags: [] };
  const read = (): Timeline => {
    const { lanes, scrub, thresholds } = view.getState();
    const { runs } = store.getState();
    const all = lanes.flatMap(({ runId }) => (runId === undefined ? [] : (runs[runId] ?? [])));
    const present = Math.max(0, ...all.map((run) => run.records.length));
    const flips = flipsNow(
      all.map((run) => run.changes),
      () =>
        [...new Set(all.flatMap((run) => flipsIn(run.changes)))]
          .sort((a, b) => a - b)
          .slice(-mostTicks),
    );
    const flags = flagsNow(
      [thresholds, ...all.flatMap((run) => [run.changes, run.probed, run.flags])],
      () => all.flatMap((run) => flagsOf(run, thresholds).map(({ steps }) => steps)),
    );
    const forks = lanes.flatMap(({ origin }) => (origin?.kind === "fork" ? origin.steps : []));
    const now = {
      moment: Math.min(scrub ?? present, present),
      present,
      flips,
      forks,
      flags,
    };
    if (isSame(now, last)) return last;
    last = now;
    return now;
  };
  return liveOf(read, store, view);
}

const isSame = (a: Timeline, b: Timeline) =>
  a.moment === b.moment &&
  a.present === b.present &&
  a.flips === b.flips &&
  a.flags === b.flags &&
  String(a.forks) === String(b.forks);

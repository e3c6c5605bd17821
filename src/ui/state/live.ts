/** @file From the engine's store to what redraws itself: React stays out of the stream. */
import type { StoreApi } from "zustand/vanilla";
import type { RunId } from "../../protocol/spec.ts";
import type { Live } from "../viz/live.ts";
import type { EngineState, RunView } from "./store.ts";

/** One value of a store, told of only when it is another one. `select` must return the same object for the same state. */
export function liveOf<S, T>(store: StoreApi<S>, select: (state: S) => T): Live<T> {
  return {
    get: () => select(store.getState()),
    subscribe: (changed) =>
      store.subscribe((now, before) => {
        if (!Object.is(select(now), select(before))) changed();
      }),
  };
}

/** One value of a run, or of its absence. */
export const liveOfRun = <T>(
  store: StoreApi<EngineState>,
  runId: RunId | undefined,
  select: (run: RunView | undefined) => T,
): Live<T> => liveOf(store, ({ runs }) => select(runId === undefined ? undefined : runs[runId]));

/** @file The lanes' branches as they grow: told anew only where a row is another. */
import type { StoreApi } from "zustand/vanilla";
import { type Branch, type BranchLane, branchesOf } from "../viz/branches.ts";
import { type Live, liveOf } from "../viz/live.ts";
import { remember } from "./remember.ts";
import type { EngineState } from "./store.ts";
import type { ViewStore } from "./view.ts";

/** The same rows for the same lanes, steps and checkpoints. */
export function createBranchRows(
  store: StoreApi<EngineState>,
  view: ViewStore,
): Live<readonly Branch[]> {
  const rowsNow = remember<readonly Branch[]>();
  const read = () => {
    const { lanes, selected } = view.getState();
    const { runs } = store.getState();
    const told = lanes.map((lane) => {
      const run = lane.runId === undefined ? undefined : runs[lane.runId];
      const saved = run?.status === "recorded" ? undefined : run?.saved?.steps;
      return { lane, steps: run?.records.length ?? 0, saved };
    });
    const of = [lanes, selected, ...told.flatMap(({ steps, saved }) => [steps, saved])];
    return rowsNow(of, () =>
      branchesOf(
        told.map(({ lane: { id, letter, method, line, origin }, steps, saved }): BranchLane => {
          const parting = origin?.kind === "recorded" ? undefined : origin;
          return {
            ...{ id, letter, method, steps, saved, origin: parting },
            ...(line !== undefined && { line }),
          };
        }),
        selected,
      ),
    );
  };
  return liveOf(read, store, view);
}

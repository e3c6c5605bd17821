/** @file What a chart may do to a run's α, and what it sees of the hands that are on it. */
import { useCallback, useSyncExternalStore } from "react";
import type { Force, Steer } from "../../protocol/spec.ts";
import type { Live } from "../viz/live.ts";

/** A steer within the group on show. */
export type GroupSteer = Omit<Steer, "group">;

/** The hands on one group's α. */
export interface Hands {
  /** Of this group only; the same list for the same hands. */
  readonly forces: Live<readonly Force[]>;
  /** Entries that a hand has ever moved, as "edge op": their α is not the search's work alone. */
  readonly touched: Live<ReadonlySet<string>>;
  /** Absent where nothing can be changed: a recording, the past. */
  readonly onSteer?: ((steer: readonly GroupSteer[]) => void) | undefined;
}

/** The kind of hand on each op of an edge; renders again only when one is put on or taken off. */
export function useForceKinds(
  forces: Live<readonly Force[]>,
  edge: number,
  ops: number,
): readonly (Force["kind"] | undefined)[] {
  const key = useCallback(() => {
    const kinds = Array.from(
      { length: ops },
      (_, op) => forces.get().find((f) => f.edge === edge && f.op === op)?.kind ?? "",
    );
    return kinds.join();
  }, [forces, edge, ops]);
  const kinds = useSyncExternalStore(forces.subscribe, key);
  return kinds.split(",").map((kind) => (kind === "" ? undefined : (kind as Force["kind"])));
}

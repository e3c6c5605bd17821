/** @file Writes which rows of which dispatches run, and which terms mixtures have, for one setting of a plan's switches. */
import { runs, type Selection, termsOf } from "../compiler/select.ts";
import { type Dispatch, ROW } from "./lower.ts";
import type { LoweredPlan } from "./lowered.ts";

/** A dispatch with its number of workgroups along y. */
export interface Launch {
  readonly dispatch: Dispatch;
  readonly index: number;
  readonly chains: number;
}
/** What runs, in order, and the words of `chosen`. */
export interface Choice {
  readonly launches: readonly Launch[];
  readonly words: Uint32Array<ArrayBuffer>;
}

/** The choice for these switches; what does not run costs nothing. */
export function choose(lowered: LoweredPlan, selection: Selection): Choice {
  const words = new Uint32Array(lowered.chosen);
  for (const table of lowered.tables) {
    const terms = termsOf(table, selection);
    words[table.chosen] = terms.length;
    words.set(
      terms.flatMap(({ y, st, scale }) => [y / 4, st, scale]),
      table.chosen + 1,
    );
  }
  lowered.sums.forEach(({ chosen, parts }) => {
    const live = parts.filter(
      ({ entry, layer }) =>
        selection.active[entry] && selection.learning[entry] && selection.alive[layer],
    );
    words[chosen] = live.length;
    words.set(
      live.flatMap(({ at, n }) => [at, n]),
      chosen + 1,
    );
  });
  const launches = lowered.dispatches.flatMap((dispatch, index): Launch[] => {
    if (dispatch.wanted && !(dispatch.wanted & selection.serves)) return [];
    const chains = write(dispatch, selection, words);
    return chains > 0 ? [{ dispatch, index, chains }] : [];
  });
  return { launches, words };
}

/** Compacts the chains that run; returns their number. */
function write(
  { chains, chosen, capacity }: Dispatch,
  selection: Selection,
  words: Uint32Array,
): number {
  let count = 0;
  let at = chosen + capacity + 1;
  for (const chain of chains) {
    const live = chain.filter(({ op }) => op === undefined || runs(op, selection));
    const rows = live[0]?.count ?? 0;
    for (let i = 0; i < rows; i++) {
      words[chosen + count++] = at;
      for (const { first } of live) words[at++] = (first + i) * ROW;
    }
  }
  words[chosen + count] = at;
  return count;
}

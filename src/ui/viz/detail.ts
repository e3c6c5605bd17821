/** @file How much of a rope is drawn: less where this machine draws too slowly, measured and not guessed. */

/** All strands, the three widest and the rest, or the widest and the rest. */
export type Detail = "all" | "three" | "one";
const ladder: readonly Detail[] = ["all", "three", "one"];

/** Strands that are told apart at each level. */
const strandsShown: Readonly<Record<Detail, number>> = {
  all: Number.POSITIVE_INFINITY,
  three: 3,
  one: 1,
};

/** The coarser of two levels. */
export const coarser = (a: Detail, b: Detail): Detail =>
  ladder.indexOf(a) > ladder.indexOf(b) ? a : b;

/** One edge's weights with all but the widest set to 0, in their order; what they leave to 1 is the rest. */
export function widest(weights: ArrayLike<number>, detail: Detail): Float64Array {
  const row = Float64Array.from(weights);
  const count = strandsShown[detail];
  if (count >= row.length) return row;
  const shown = [...row.keys()].sort((a, b) => (row[b] as number) - (row[a] as number));
  for (const k of shown.slice(count)) row[k] = 0;
  return row;
}

/** What is remembered between frames. */
export interface Pace {
  readonly detail: Detail;
  /** Times in ms of the last frames that followed a drawing, oldest first. */
  readonly frames: readonly number[];
  /** Rounds of good frames in a row, and how many it takes to climb. */
  readonly good: number;
  readonly patience: number;
}
export const firstPace: Pace = { detail: "all", frames: [], good: 0, patience: 4 };

const round = 60;
/** The median frame may take this long: 30 a second, and next to nothing above 60 a second. */
const [slowMs, fastMs] = [33, 18];

/**
 * The pace after one more frame. A round of 60 frames decides: slow ones go one level down; enough fast rounds in a row
 * go one up, twice as many each time, so that it does not swing.
 */
export function paced({ detail, frames, good, patience }: Pace, frameMs: number): Pace {
  const now = [...frames, frameMs];
  if (now.length < round) return { detail, frames: now, good, patience };
  const median = now.sort((a, b) => a - b)[round / 2] as number;
  const level = ladder.indexOf(detail);
  const down = ladder[level + 1];
  const up = ladder[level - 1];
  if (median > slowMs) return { detail: down ?? detail, frames: [], good: 0, patience };
  if (median > fastMs || !up) return { detail, frames: [], good: 0, patience };
  return good + 1 < patience
    ? { detail, frames: [], good: good + 1, patience }
    : { detail: up, frames: [], good: 0, patience: 2 * patience };
}

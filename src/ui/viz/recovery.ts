/** @file How a search answers to a hand that lets go: how soon the gap to its untouched twin has halved. */
import { alphaIn, rowAt, type Trace } from "./trace.ts";

/** One entry of α, by its group and its place there, and after how many steps it was let go. */
export interface Release {
  readonly group: string;
  readonly index: number;
  readonly steps: number;
}
/** Where the way back to the twin stands. */
export interface Recovery {
  /** Steps until the gap had halved; undefined while it has not. */
  readonly halfLife: number | undefined;
  /** Steps since the release. */
  readonly since: number;
  /** |α − α of the twin| one step after the release, and now. */
  readonly gap: readonly [then: number, now: number];
}

/** Gaps smaller than this are no displacement. */
const leastGap = 1e-6;

/** Undefined before a step was taken, and where nothing was displaced. Both traces must reach as far as is asked. */
export function recoveryOf(
  trace: Trace,
  twin: Trace,
  { group, index, steps }: Release,
): Recovery | undefined {
  const end = Math.min(trace.steps[trace.length - 1] ?? 0, twin.steps[twin.length - 1] ?? 0);
  const gapAt = (after: number) => {
    const of = (t: Trace) => alphaIn(t, group, rowAt(t, after))?.[index] ?? Number.NaN;
    return Math.abs(of(trace) - of(twin));
  };
  // A value that was typed is in the trace from the next step on.
  const first = steps + 1;
  if (end < first) return undefined;
  const start = gapAt(first);
  if (!(start > leastGap)) return undefined;
  let halfLife: number | undefined;
  for (let row = rowAt(trace, first); row < trace.length; row++) {
    const after = trace.steps[row] as number;
    if (after > end || gapAt(after) > start / 2) continue;
    halfLife = after - steps;
    break;
  }
  return { halfLife, since: end - steps, gap: [start, gapAt(end)] };
}

/** @file Flips: the steps after which another operation leads an edge, counted over any window of a run's α log. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import type { Change } from "./changes.ts";
import { type Ribbon, ribbonOf } from "./ribbon.ts";
import type { Trace } from "./trace.ts";

/** A stretch of a run, in steps taken: after `from`, up to and with `to`. */
export interface StepWindow {
  readonly from: number;
  readonly to: number;
}
/** The flips of one cell in a window. */
export interface Flips {
  /** (edges). */
  readonly byEdge: readonly number[];
  readonly total: number;
  /** False where the log of a long run is thinned in the window: there may have been more. */
  readonly isWhole: boolean;
}
/** A run's α log, and what was derived from it. */
interface Log {
  readonly trace: Trace | undefined;
  readonly changes: readonly Change[];
}

/** Counts flips of one cell. Of what was counted before in the same run, only what came since is looked at. */
export function createFlipCounter(group: AlphaGroup): (log: Log, window: StepWindow) => Flips {
  let known:
    | { readonly leaders: Ribbon; readonly trace: Trace; readonly first: unknown }
    | undefined;
  const leadersIn = (trace: Trace, changes: readonly Change[]): Ribbon => {
    if (known?.trace === trace && known.first === changes[0]) return known.leaders;
    const rows = known?.trace.length ?? 0;
    const goesOn =
      known?.first === changes[0] &&
      rows <= trace.length &&
      known?.trace.steps[rows - 1] === trace.steps[rows - 1];
    const before = goesOn ? known?.leaders : undefined;
    const stepsAt = (row: number) => trace.steps[row] as number;
    const leaders = ribbonOf(group, trace, changes, trace.length, stepsAt, before, rows);
    known = { leaders, trace, first: changes[0] };
    return leaders;
  };
  return ({ trace, changes }, { from, to }) => {
    const none = group.edges.map(() => 0);
    if (!trace) return { byEdge: none, total: 0, isWhole: true };
    const { leader, columns } = leadersIn(trace, changes);
    let rows = 0;
    const byEdge = [...none];
    for (let row = 1; row < columns; row++) {
      const steps = trace.steps[row] as number;
      if (steps <= from || steps > to) continue;
      rows++;
      for (const e of group.edges.keys())
        if (leader[e * columns + row] !== leader[e * columns + row - 1])
          byEdge[e] = (byEdge[e] as number) + 1;
    }
    const last = trace.steps[trace.length - 1] ?? 0;
    const total = byEdge.reduce((sum, count) => sum + count, 0);
    return { byEdge, total, isWhole: rows === Math.max(0, Math.min(to, last) - from) };
  };
}

/** "flips in window: 9", or "at least 9" where the log is thinned. */
export const flipsText = ({ total, isWhole }: Flips): string =>
  `flips in window: ${isWhole ? "" : "at least "}${total}`;

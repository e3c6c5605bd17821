/** @file α of a whole run, a row a step, in buffers that grow; a long run is thinned, but never around its changes. */
import { bisector } from "d3";

/**
 * α after certain numbers of steps. Appending writes behind `length` into the same buffers, so an older trace stays
 * true as long as only the newest one is appended to.
 */
export interface Trace {
  /** Rows in use; the buffers may hold more. */
  readonly length: number;
  /** (rows): steps taken when a row was read, ascending; the first is 0. */
  readonly steps: Uint32Array;
  /** Per group, (rows, edges, ops). */
  readonly rows: Readonly<Record<string, Float32Array>>;
  /** Per group, edges × ops. */
  readonly widths: Readonly<Record<string, number>>;
}

/** Rows that a trace keeps at most: 9 MB for DARTS's two cells. */
export const maxRows = 10_000;

/** A trace of one row: α when `steps` steps were taken. */
export function beginTrace(steps: number, alpha: Readonly<Record<string, Float32Array>>): Trace {
  const widths = Object.fromEntries(Object.entries(alpha).map(([name, a]) => [name, a.length]));
  const empty = Object.fromEntries(Object.keys(alpha).map((name) => [name, new Float32Array(0)]));
  const none: Trace = { length: 0, steps: new Uint32Array(0), rows: empty, widths };
  return appendTrace(none, steps, 1, alpha);
}

/** Adds `count` rows, the first after `steps` steps; per group, `added` is (count, edges, ops). */
export function appendTrace(
  trace: Trace,
  steps: number,
  count: number,
  added: Readonly<Record<string, Float32Array>>,
): Trace {
  const length = trace.length + count;
  const { widths } = trace;
  const room = trace.steps.length;
  const capacity = length <= room ? room : Math.max(64, length, 2 * room);
  const grown = capacity > room;
  const at = grown ? new Uint32Array(capacity) : trace.steps;
  if (grown) at.set(trace.steps.subarray(0, trace.length));
  for (let i = 0; i < count; i++) at[trace.length + i] = steps + i;
  const rows = Object.fromEntries(
    Object.entries(trace.rows).map(([name, before]) => {
      const width = widths[name] ?? 0;
      const all = grown ? new Float32Array(capacity * width) : before;
      if (grown) all.set(before.subarray(0, trace.length * width));
      const more = added[name];
      if (more?.length === count * width) all.set(more, trace.length * width);
      return [name, all];
    }),
  );
  return { length, steps: at, rows, widths };
}

/** The trace when `steps` steps were taken, in buffers of its own. */
export function cutTrace(trace: Trace, steps: number): Trace {
  return pick(trace, (i) => (trace.steps[i] as number) <= steps);
}

/**
 * Half the rows, if there are more than `limit`: the first, the last, every second one, and those on both sides of the
 * steps in `keep`, as long as those are not too many themselves.
 */
export function thinTrace(trace: Trace, keep: ReadonlySet<number>, limit = maxRows): Trace {
  if (trace.length <= limit) return trace;
  const kept = keep.size <= limit / 8 ? keep : new Set<number>();
  return pick(trace, (i) => {
    const steps = trace.steps[i] as number;
    return i % 2 === 0 || i === trace.length - 1 || kept.has(steps) || kept.has(steps + 1);
  });
}

const bySteps = bisector((steps: number) => steps);

/** The row that was true when `steps` steps were taken: the newest that is not later. */
export const rowAt = (trace: Trace, steps: number): number =>
  Math.max(0, bySteps.right(trace.steps, steps, 0, trace.length) - 1);

/** α of one group in one row, (edges, ops); undefined for an unknown group. */
export function alphaIn(trace: Trace, group: string, row: number): Float32Array | undefined {
  const width = trace.widths[group];
  return width === undefined
    ? undefined
    : trace.rows[group]?.subarray(row * width, (row + 1) * width);
}

function pick(trace: Trace, isKept: (row: number) => boolean): Trace {
  const kept = Array.from({ length: trace.length }, (_, i) => i).filter(isKept);
  const rows = Object.fromEntries(
    Object.entries(trace.rows).map(([name, all]) => {
      const width = trace.widths[name] ?? 0;
      const fewer = new Float32Array(kept.length * width);
      for (const [i, row] of kept.entries())
        fewer.set(all.subarray(row * width, (row + 1) * width), i * width);
      return [name, fewer];
    }),
  );
  const steps = Uint32Array.from(kept, (row) => trace.steps[row] as number);
  return { length: kept.length, steps, rows, widths: trace.widths };
}

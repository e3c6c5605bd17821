/** @file The page's budgets against what was found, as a table. */
import { type Sizes, sizeBudgets } from "../../scripts/lib/sizes.ts";
import { median } from "../stats.ts";
import { table } from "../tables.ts";
import type { Found } from "./measure.ts";

/** A budget and what was found of it. */
export interface Row {
  readonly what: string;
  readonly budget: string;
  readonly found: string;
  readonly isMet: boolean;
  /** True where the machine has no part in it, so that a missed budget is an error. */
  readonly isGate: boolean;
}

/** The smallest number that at least `share` of `values` do not exceed; 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

interface Budget {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly digits?: number;
  readonly isLeast?: boolean;
  readonly isGate?: boolean;
}
const row = ({ what, value, limit, unit, digits = 0, isLeast, isGate = false }: Budget): Row => ({
  what,
  budget: `${isLeast ? "≥" : "≤"} ${limit} ${unit}`.trim(),
  found: `${value.toFixed(digits)} ${unit}`.trim(),
  isMet: isLeast ? value >= limit : value <= limit,
  isGate,
});

/** One row a budget, in the order of issue and documentation. */
export function judgePage(sizes: Sizes, found: Found): readonly Row[] {
  const { play, busy } = found;
  const kB = { unit: "kB", digits: 1, isGate: true };
  const ms = { unit: "ms" };
  return [
    row({
      what: "Scripts before the toy runs, gzip",
      value: sizes.page / 1000,
      limit: sizeBudgets.page / 1000,
      ...kB,
    }),
    row({
      what: "Scripts of the engine, gzip",
      value: sizes.engine / 1000,
      limit: sizeBudgets.engine / 1000,
      ...kB,
    }),
    row({
      what: "Longest task while two lanes play",
      value: Math.max(0, ...play.longTasks),
      limit: 100,
      ...ms,
    }),
    row({
      what: "Input to paint, 4× slowed, p75 of 40",
      value: quantile(padded(busy.inputs), 0.75),
      limit: 100,
      ...ms,
    }),
    row({
      what: "Input to paint, 4× slowed, worst",
      value: quantile(busy.inputs, 1),
      limit: 200,
      ...ms,
    }),
    row({
      what: "Frames while two lanes play, median",
      value: 1000 / median(play.frames),
      limit: 50,
      unit: "fps",
      isLeast: true,
    }),
    row({
      what: "α on screen after the worker's step, p95",
      value: quantile(play.alpha, 0.95),
      limit: 100,
      ...ms,
    }),
    row({ what: "Layout shift", value: busy.shift, limit: 0.02, unit: "", digits: 3 }),
    row({ what: "Toy's first step after navigation, warm", value: found.toy, limit: 1000, ...ms }),
    row({
      what: "Heap growth in 1,000 steps",
      value: found.heapGrowth / 1e6,
      limit: 5,
      unit: "MB",
      digits: 1,
    }),
    row({
      what: "Requests to other origins",
      value: found.offOrigin.length,
      limit: 0,
      unit: "",
      isGate: true,
    }),
  ];
}

/** Interactions faster than 16 ms are not reported by browsers; each of the 40 counts. */
const padded = (inputs: readonly number[]) => [
  ...inputs,
  ...Array<number>(Math.max(0, 40 - inputs.length)).fill(16),
];

/** The rows as a Markdown table. */
export const pageTable = (rows: readonly Row[]): string =>
  table(
    ["budget", "at most, at least", "found", "met"],
    rows.map(({ what, budget, found, isMet }) => [what, budget, found, isMet ? "yes" : "**no**"]),
  );

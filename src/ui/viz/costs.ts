/** @file What a run has taken so far, step by step, and the axes on which runs may be compared by it. */
import { bisector, median } from "d3";
import type { Burst, StepRecord } from "../../protocol/messages.ts";

/** All that the steps up to one took: counted, but for the clock's part. */
export interface Cost {
  /** Forward and backward passes over a batch. */
  readonly gradients: number;
  /** Forward passes alone. */
  readonly forwards: number;
  readonly ms: number;
  /** The most memory so far. */
  readonly bytes: number;
}
const nothing: Cost = { gradients: 0, forwards: 0, ms: 0, bytes: 0 };

/** With the steps of a burst: what is counted for the burst is shared evenly by its steps. Empty where a past was not counted. */
export function withCosts(
  costs: readonly Cost[],
  done: number,
  { records, spent, msPerStep }: Pick<Burst, "records" | "spent" | "msPerStep">,
): readonly Cost[] {
  if (costs.length !== done || !spent || records.length === 0) return costs;
  const last = costs.at(-1) ?? nothing;
  const share = 1 / records.length;
  return costs.concat(
    records.map((_, i) => ({
      gradients: last.gradients + spent.gradients * share * (i + 1),
      forwards: last.forwards + spent.forwards * share * (i + 1),
      ms: last.ms + msPerStep * (i + 1),
      bytes: Math.max(last.bytes, spent.peakBytes),
    })),
  );
}

/** How runs are laid side by side. */
export type RaceAxis = "steps" | "gradients" | "seconds" | "memory";
export const raceAxes: readonly RaceAxis[] = ["steps", "gradients", "seconds", "memory"];
/** An axis as it is named, with its unit. */
export const axisNames: Readonly<Record<RaceAxis, string>> = {
  steps: "iteration",
  gradients: "gradient passes",
  seconds: "seconds of computing",
  memory: "peak memory (MB)",
};
/** The same, as short as a switch needs it. */
export const axisWords: Readonly<Record<RaceAxis, string>> = {
  steps: "Iterations",
  gradients: "Passes",
  seconds: "Seconds",
  memory: "Memory",
};

/** Where each record stands on an axis, never descending; as many as are known there. */
export function placesOn(
  axis: RaceAxis,
  records: readonly StepRecord[],
  costs: readonly Cost[],
): readonly number[] {
  if (axis === "steps") return records.map(({ step }) => step);
  const known = costs.slice(0, records.length);
  if (axis === "gradients") return known.map(({ gradients }) => gradients);
  return axis === "seconds"
    ? known.map(({ ms }) => ms / 1000)
    : known.map(({ bytes }) => bytes / 2 ** 20);
}

const byPlace = bisector((place: number) => place);
/** The newest record that is not beyond `place`; undefined where the run has not come so far. */
export function indexAt(places: readonly number[], place: number): number | undefined {
  const last = places.at(-1);
  if (last === undefined || place > last) return undefined;
  const index = byPlace.right(places, place) - 1;
  return index < 0 ? undefined : index;
}

/** Milliseconds a step, the median of the last `count`. */
export function medianMs(costs: readonly Cost[], count = 50): number | undefined {
  const from = Math.max(0, costs.length - count);
  return median(costs.slice(from), (cost, i) => cost.ms - (costs[from + i - 1]?.ms ?? 0));
}

/** The same of a run as far as it is known, else what its last burst took; undefined before its first step. */
export const msPerStepOf = (
  run:
    | {
        readonly records: readonly StepRecord[];
        readonly costs?: readonly Cost[];
        readonly latest: Pick<Burst, "msPerStep"> | undefined;
      }
    | undefined,
): number | undefined =>
  run && run.records.length > 0
    ? (medianMs(run.costs?.slice(0, run.records.length) ?? []) ?? run.latest?.msPerStep)
    : undefined;

/** @file What recorded Random lanes reach: the band that a search has to leave. */
import { max, mean, min } from "d3";
import type { Recording } from "./recording.ts";

/** Validation losses of several seeds of Random, in stretches of steps. */
export interface Reference {
  /** The problem that it is of: `problemOf` its setup. */
  readonly problem: string;
  /** What it is, with how many seeds. */
  readonly label: string;
  readonly seeds: number;
  /** Passes for gradients that a step takes. */
  readonly gradients: number;
  /** Batches, so steps, of a stretch. */
  readonly batches: number;
  readonly stretches: readonly Stretch[];
}
/** A stretch of batches, up to and with `step`: each seed's mean, and of these the lowest, the mean and the highest. */
export interface Stretch {
  readonly step: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** Losses of single batches say nothing about a seed; so many are averaged. */
const batches = 24;

/** Throws nothing; of a recording without steps it has no stretches. */
export function referenceOf(problem: string, { label, runs, steps, seeds }: Recording): Reference {
  const stretches = Array.from({ length: Math.floor(steps / batches) }, (_, i): Stretch => {
    const means = runs.map(
      ({ past }) => mean(past.records.slice(i * batches, (i + 1) * batches), (r) => r.valLoss) ?? 0,
    );
    const [low = 0, middle = 0, high = 0] = [min(means), mean(means), max(means)];
    return { step: (i + 1) * batches - 1, low, mean: middle, high };
  });
  const gradients = (runs[0]?.past.costs?.at(-1)?.gradients ?? 0) / Math.max(1, steps);
  const said = { label: `${label}, ${seeds.length} recorded seeds`, seeds: seeds.length };
  return { problem, ...said, gradients, batches, stretches };
}

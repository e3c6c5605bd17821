/** @file How dark a weight of the mixture is drawn. */
import type { AlphaGroup } from "../../protocol/spec.ts";

/**
 * How much ink a weight gets, 0 to 1. Among candidates it counts by its ratio r to an even share, r² / (r² + 1): even is
 * half ink, so that the first differences of a search show. A gate counts as it is, small ones a little more.
 */
export function inkOf({ kind, ops }: AlphaGroup, weight: number): number {
  const w = Math.min(1, Math.max(0, weight));
  if (kind !== "choice") return w ** 0.7;
  const even = 1 / ops.length ** 2;
  return ((1 + even) * w ** 2) / (w ** 2 + even);
}

/** Weights that a key to these shades shows: none, half an even share, even, twice even, all. */
export const inkKey = ({ kind, ops }: AlphaGroup): readonly number[] =>
  kind === "choice" && ops.length > 2
    ? [0, 0.5 / ops.length, 1 / ops.length, 2 / ops.length, 1]
    : [0, 0.25, 0.5, 0.75, 1];

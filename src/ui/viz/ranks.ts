/** @file How seeds rank the candidates of each edge, and how alike: a stable decision is one that every seed makes. */
import { mean } from "d3";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { at } from "./at.ts";

/** One edge's candidates, ranked by every seed. */
export interface EdgeRanks {
  /** Its place in the group. */
  readonly edge: number;
  /** (ops, seeds): 1 for the largest α of the edge; equal ones share the mean of their ranks. */
  readonly ranks: readonly (readonly number[])[];
  /** (ops): the mean over seeds. */
  readonly means: readonly number[];
  /**
   * Kendall's coefficient of concordance (Kendall & Babington Smith 1939): 1 where all seeds rank alike, near 0 where they
   * have nothing in common. Not corrected for ties. Undefined for one seed or one candidate.
   */
  readonly concordance: number | undefined;
}

/** Of each edge of the group. `alphas` are the seeds', (edges, ops) each. */
export function ranksOf(
  { edges, ops }: Pick<AlphaGroup, "edges" | "ops">,
  alphas: readonly ArrayLike<number>[],
): readonly EdgeRanks[] {
  const n = ops.length;
  return edges.map((_, edge) => {
    const bySeed = alphas.map((alpha) =>
      ranksIn(Array.from({ length: n }, (_, op) => at(alpha, edge * n + op))),
    );
    const ranks = ops.map((_, op) => bySeed.map((seed) => at(seed, op)));
    const means = ranks.map((row) => mean(row) ?? 0);
    return { edge, ranks, means, concordance: concordanceOf(means, alphas.length) };
  });
}

/** Ranks of values, 1 for the largest. */
function ranksIn(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const larger = values.filter((other) => other > value).length;
    const equal = values.filter((other) => other === value).length;
    return larger + (equal + 1) / 2;
  });
}

/** W = 12 Σ (R̄ − (n + 1)/2)² / (n³ − n), with R̄ the mean rank of each of n candidates. */
function concordanceOf(means: readonly number[], seeds: number): number | undefined {
  const n = means.length;
  if (seeds < 2 || n < 2) return undefined;
  const spread = means.reduce((sum, r) => sum + (r - (n + 1) / 2) ** 2, 0);
  return (12 * spread) / (n ** 3 - n);
}

/** Seeds that give one candidate the same rank. */
export interface RankDot {
  readonly op: number;
  readonly rank: number;
  /** Places in the list of seeds. */
  readonly of: readonly number[];
}

/** The dots of one edge: candidate by candidate, best ranks first. */
export function dotsOf({ ranks }: EdgeRanks): readonly RankDot[] {
  return ranks.flatMap((row, op) =>
    [...new Set(row)]
      .sort((a, b) => a - b)
      .map((rank) => ({ op, rank, of: row.flatMap((r, seed) => (r === rank ? [seed] : [])) })),
  );
}

/** @file What several seeds agree on: shares of each candidate on each edge, and how sure that is. */
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { at } from "./at.ts";

/** Of seeds, by what their genotypes have on each edge. */
export interface Consensus {
  /** (edges, ops): share of seeds that keep this candidate here; those that drop the edge count for `none` where it is offered. */
  readonly shares: Float64Array;
  readonly edges: readonly EdgeVote[];
  /** Mean over edges of the share of seeds that decide as most do. */
  readonly agreement: number;
  /** Of the mean, by Wilson, with as many trials as seeds: edges of one cell are not independent. */
  readonly interval: Interval;
}
/** What most seeds decide on an edge. */
export interface EdgeVote {
  /** Undefined where most drop the edge. */
  readonly op: string | undefined;
  readonly votes: number;
  readonly interval: Interval;
}
export type Interval = readonly [low: number, high: number];

/** Wilson's 95 % interval for `votes` of `trials`; votes may be a mean. Throws nothing; without trials it is 0 … 1. */
export function wilson(votes: number, trials: number, z = 1.96): Interval {
  if (trials === 0) return [0, 1];
  const share = votes / trials;
  const scale = 1 + (z * z) / trials;
  const middle = share + (z * z) / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/** Of at least one cell; each is a genotype's edges of this group. */
export function consensusOf(
  group: AlphaGroup,
  cells: readonly (readonly GenotypeEdge[])[],
): Consensus {
  const { ops } = group;
  const n = cells.length;
  const shares = new Float64Array(group.edges.length * ops.length);
  const edges = group.edges.map(({ from, to }, e): EdgeVote => {
    const counts = new Map<string | undefined, number>();
    for (const cell of cells) {
      const op = cell.find((edge) => edge.from === from && edge.to === to)?.op;
      counts.set(op, (counts.get(op) ?? 0) + 1);
      const column = ops.indexOf(op ?? "none");
      if (column >= 0)
        shares[e * ops.length + column] = at(shares, e * ops.length + column) + 1 / n;
    }
    const [[op, votes] = [undefined, 0]] = [...counts].sort((a, b) => b[1] - a[1]);
    return { op, votes, interval: wilson(votes, n) };
  });
  const agreement =
    edges.reduce((sum, { votes }) => sum + votes / n, 0) / Math.max(1, edges.length);
  return { shares, edges, agreement, interval: wilson(agreement * n, n) };
}

/** What most seeds keep, as a cell. */
export const keptByMost = (group: AlphaGroup, { edges }: Consensus): readonly GenotypeEdge[] =>
  group.edges.flatMap((edge, e) => {
    const { op } = at(edges, e);
    return op === undefined ? [] : [{ ...edge, op }];
  });

/** α whose softmax has these shares, so that strands are as wide as seeds are many. */
export const alphaOfShares = (shares: ArrayLike<number>): Float32Array =>
  Float32Array.from(shares, (share) => Math.log(Math.max(share, 1e-6)));

/** @file What α alone says of a search, on plain numbers: how decided it is, what it chooses, and what has changed. */
import type { AlphaGroup, Genotype, GenotypeEdge } from "../protocol/spec.ts";
import { entropyOf } from "./derive.ts";
import { softmaxRows } from "./softmax.ts";

/** A group's α as a picture of how far the search has come. */
export interface AlphaMeasures {
  /** Mean over edges of the softmax's entropy in nats: ln(ops) when nothing is decided, 0 when all is. */
  readonly entropy: number;
  /** The same as a share of ln(ops), 0 … 1. */
  readonly relativeEntropy: number;
  /** Mean over edges of the share of `none`; 0 without that candidate. */
  readonly noneMass: number;
  /** Mean over edges of the share of `skip_connect`; 0 without that candidate. */
  readonly skipMass: number;
}

/** `alpha` is (edges, ops) row by row, of a "choice" group. */
export function measureAlpha({ ops }: AlphaGroup, alpha: ArrayLike<number>): AlphaMeasures {
  const width = ops.length;
  const shares = softmaxRows(alpha, width);
  const edges = shares.length / width;
  const rows = Array.from({ length: edges }, (_, e) => shares.subarray(e * width, (e + 1) * width));
  const mean = (f: (row: Float64Array) => number): number =>
    rows.reduce((sum, row) => sum + f(row), 0) / edges;
  const mass = (name: string): number => {
    const op = ops.indexOf(name);
    return op < 0 ? 0 : mean((row) => row[op] as number);
  };
  const entropy = mean(entropyOf);
  return {
    entropy,
    relativeEntropy: width > 1 ? entropy / Math.log(width) : 0,
    noneMass: mass("none"),
    skipMass: mass("skip_connect"),
  };
}

/** How many of these edges keep each operation, in the order of `ops`. */
export const countOps = (
  edges: readonly GenotypeEdge[],
  ops: readonly string[],
): readonly number[] => ops.map((op) => edges.filter((edge) => edge.op === op).length);

/**
 * Share of edges, with their operations, that two genotypes have in common: |A ∩ B| / |A ∪ B|, 1 for two empty ones.
 * The order in which a genotype lists them does not matter.
 */
export function agreement(a: Pick<Genotype, "groups">, b: Pick<Genotype, "groups">): number {
  const [first, second] = [keysOf(a), keysOf(b)];
  const shared = [...first].filter((key) => second.has(key)).length;
  const union = first.size + second.size - shared;
  return union === 0 ? 1 : shared / union;
}
const keysOf = ({ groups }: Pick<Genotype, "groups">): ReadonlySet<string> =>
  new Set(
    Object.entries(groups).flatMap(([name, edges]) =>
      edges.map(({ from, to, op }) => [name, from, to, op].join(" ")),
    ),
  );

/** @file α → the edges that stay and the candidate of each: DARTS §2.4 and what else could be done, by index. */
import type { AlphaGroup } from "../protocol/spec.ts";
import { softmaxRows } from "./softmax.ts";

/** An edge by its index in the group, and the candidate it keeps. */
export interface KeptEdge {
  readonly edge: number;
  readonly op: number;
}

/** By what the edges into a node are ranked; always from the softmax shares of their candidates. */
export type Strength =
  /** The share of the candidate that would be kept: DARTS. */
  | "kept"
  /** The largest share of all, that of `none` too. */
  | "largest"
  /** 1 − the share of `none`. */
  | "some"
  /** The kept candidate's share less the best other one's. */
  | "margin"
  /** ln(candidates) − entropy: how far the edge is decided. */
  | "entropy";

export interface DeriveRule {
  /** Edges that a node keeps; infinite for all. */
  readonly keep: number;
  readonly strength: Strength;
  /**
   * "never": takes part in the softmax and cannot be kept, as in DARTS. "renormalised": taken out before the softmax.
   * "allowed": may be kept, as in NAS-Bench-201.
   */
  readonly none: "never" | "renormalised" | "allowed";
  /** Edges that are weaker are dropped, however few the node keeps then. */
  readonly threshold: number;
}

/** DARTS §2.4: two edges a node for convolutional cells, one for recurrent ones. */
export const dartsRule = (keep: number): DeriveRule => ({
  keep,
  strength: "kept",
  none: "never",
  threshold: 0,
});
/** NAS-Bench-201 (arXiv:2001.00326): every edge its largest α, whatever it is. */
export const argmaxRule: DeriveRule = {
  ...dartsRule(Number.POSITIVE_INFINITY),
  none: "allowed",
};

/**
 * For every computed node the strongest edges, strongest first, or in their own order if all are kept. Ties go to the
 * earlier edge and candidate. `alpha` is (edges, ops) row by row. Throws if there is no candidate to keep.
 */
export function deriveEdges(
  group: AlphaGroup,
  alpha: ArrayLike<number>,
  rule: DeriveRule,
): readonly KeptEdge[] {
  const width = group.ops.length;
  const none = group.ops.indexOf("none");
  const given = Float64Array.from(alpha);
  if (rule.none === "renormalised" && none >= 0)
    for (let e = none; e < given.length; e += width) given[e] = Number.NEGATIVE_INFINITY;
  const shares = softmaxRows(given, width);
  const candidates = group.ops.flatMap((_, op) =>
    op === none && rule.none !== "allowed" ? [] : [op],
  );
  const ranked = group.edges.map(({ to }, edge) => {
    const slice = (x: Float64Array) => x.subarray(edge * width, (edge + 1) * width);
    const op = bestOf(slice(given), candidates, group.ops);
    return { to, edge, op, strength: strengthOf(rule.strength, slice(shares), op, none) };
  });
  return Array.from({ length: group.nodes - group.inputs }, (_, i) => group.inputs + i).flatMap(
    (node) => {
      const into = ranked.filter(({ to, strength }) => to === node && strength >= rule.threshold);
      // Stable, so ties keep the order of edges.
      if (Number.isFinite(rule.keep)) into.sort((a, b) => b.strength - a.strength);
      return into.slice(0, rule.keep).map(({ edge, op }) => ({ edge, op }));
    },
  );
}

/** The candidate with the largest α; α and not its share, which rounds differences away. */
function bestOf(
  row: Float64Array,
  [first, ...others]: readonly number[],
  ops: readonly string[],
): number {
  if (first === undefined) throw new Error(`no candidate to keep among ${ops.join(", ")}`);
  return others.reduce(
    (best, op) => ((row[op] as number) > (row[best] as number) ? op : best),
    first,
  );
}

function strengthOf(by: Strength, shares: Float64Array, op: number, none: number): number {
  const share = shares[op] as number;
  switch (by) {
    case "kept":
      return share;
    case "largest":
      return Math.max(...shares);
    case "some":
      return none < 0 ? 1 : 1 - (shares[none] as number);
    case "margin":
      return share - Math.max(0, ...shares.filter((_, o) => o !== op));
    case "entropy":
      return Math.log(shares.length) - entropyOf(shares);
    default:
      return by satisfies never;
  }
}

/** −Σ p ln p in nats, of shares that sum to 1. */
export const entropyOf = (shares: Float64Array): number =>
  shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);

/** @file What pulls α inside one step: how much of each edge's softmax α a part of the gradient moves, and where to. */
import type { Term } from "../../protocol/explained.ts";
import type { Phase } from "../../protocol/messages.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { at } from "./at.ts";
import { opName } from "./cell-names.ts";
import { mixtureOf } from "./mixture.ts";

/** One part of the gradient on one edge. */
export interface Pull {
  readonly edge: number;
  /** Its place among the phase's terms. */
  readonly term: number;
  /** The share of softmax α that it moves in this step, 0 … 1: half the sum of what every candidate gains or loses. */
  readonly share: number;
  /** Which candidate gains most, and which loses most. */
  readonly gains: number;
  readonly loses: number;
  /** Whether it goes against the first term on this edge. */
  readonly isOpposed: boolean;
}

/** What a walk through a step shows of one cell. */
export interface InsideStep {
  /** (edges, ops): the mixture that runs, in place of softmax α; undefined where that is it. */
  readonly ran: Float32Array | undefined;
  /** The one edge that the step is about, if it is about one. */
  readonly lit: number | undefined;
  /** What pulls α, largest first; none outside of α's phase. */
  readonly pulls: readonly Pull[];
  /** What the pulls' terms are, in their order. */
  readonly terms: readonly Term[];
}

/** A candidate's change smaller than this, in shares, is rounding. */
const nothing = 1e-12;

/**
 * Pulls of every term on every edge that choose, largest first. `alpha` is (edges, ops) before the step; `terms` are, for
 * each term, by how much it moves α, (edges, ops); undefined for one that does not reach this cell. What α's step does to
 * the shares is taken to first order: dp = p ∘ (dα − p·dα).
 */
export function pullsOf(
  group: AlphaGroup,
  alpha: Float32Array | undefined,
  terms: readonly (Float32Array | undefined)[],
): readonly Pull[] {
  const shares = mixtureOf(group, alpha);
  if (!shares || group.kind !== "choice") return [];
  const columns = group.ops.length;
  const pulls = group.edges.flatMap((_, edge) => {
    const p = shares.subarray(edge * columns, (edge + 1) * columns);
    const moves = terms.map((term) =>
      term?.length === shares.length
        ? shareMoves(p, term.subarray(edge * columns, (edge + 1) * columns))
        : undefined,
    );
    return moves.flatMap((moved, term): readonly Pull[] => {
      if (!moved) return [];
      const share = moved.reduce((sum, x) => sum + Math.abs(x), 0) / 2;
      if (share < nothing) return [];
      const first = term > 0 ? moves[0] : undefined;
      const along = first?.reduce((sum, x, k) => sum + x * at(moved, k), 0) ?? 0;
      const gains = moved.indexOf(Math.max(...moved));
      const loses = moved.indexOf(Math.min(...moved));
      return [{ edge, term, share, gains, loses, isOpposed: along < 0 }];
    });
  });
  return pulls.sort((a, b) => b.share - a.share);
}

function shareMoves(p: Float64Array, dAlpha: Float32Array): readonly number[] {
  const mean = p.reduce((sum, share, k) => sum + share * at(dAlpha, k), 0);
  return Array.from(p, (share, k) => share * (at(dAlpha, k) - mean));
}

/** The one edge that several candidates of a mixture share where the others have one or none; undefined if it is not so. */
export function drawnEdge(group: AlphaGroup, ran: ArrayLike<number>): number | undefined {
  const columns = group.ops.length;
  const mixed = group.edges.flatMap((_, e) => {
    const row = Array.from({ length: columns }, (_, k) => at(ran, e * columns + k));
    return row.filter((weight) => weight > 0).length > 1 ? [e] : [];
  });
  return mixed.length === 1 ? mixed[0] : undefined;
}

/**
 * Why the phase that should show what pulls α shows no arrows in this cell: its method's reason, or the cell's. Undefined for
 * other phases and where there are arrows. `phases` are a method's own, in order; the last speaks for an α that never moves.
 */
export function whyNoArrows(
  phases: readonly Phase[],
  { id }: Phase,
  { kind }: Pick<AlphaGroup, "kind">,
): string | undefined {
  const speaks = phases.find(({ moves }) => moves === "alpha") ?? phases.at(-1);
  if (id !== speaks?.id) return undefined;
  if (speaks.noTerms) return speaks.noTerms;
  return kind === "gate"
    ? "No arrows: they show shares of a softmax, and here α is a number by itself."
    : undefined;
}

/** "0.042 %", with two digits that count. */
export const shareText = (share: number): string => {
  const percent = 100 * share;
  return `${percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2))} %`;
};

/** What is said of one edge's pulls: ", second-order correction: 0.042 % towards …", in the order of the terms. */
export const spokenPulls = (
  group: AlphaGroup,
  edge: number,
  step: InsideStep | undefined,
): string =>
  (step?.pulls ?? [])
    .filter((pull) => pull.edge === edge)
    .sort((a, b) => a.term - b.term)
    .map((pull) => `, ${step?.terms[pull.term]?.text}: ${pullText(group, pull)}`)
    .join("");

/** "0.042 % towards sep conv 3×3, away from skip". */
export const pullText = ({ ops }: AlphaGroup, { share, gains, loses }: Pull): string =>
  `${shareText(share)} towards ${opName(at(ops, gains))}, away from ${opName(at(ops, loses))}`;

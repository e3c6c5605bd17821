/** @file Numbers and counts as lessons say them. */
import { softmaxRows } from "../../genotype/softmax.ts";
import { nodeName } from "../viz/cell-names.ts";
import type { CellFacts, Facts, LaneFacts } from "./deck.ts";

/** Three decimals, as the plane's key has them, so that a sentence keeps its length while a run goes on. */
export const fixed = (v: number): string =>
  v
    .toFixed(3)
    .replace(/^-(?=0\.000$)/, "")
    .replace("-", "−");

/** "1 step", "12 steps". */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;

export const first = ({ lanes }: Facts): LaneFacts | undefined => lanes[0];
/** The normal cell of the first lane. */
export const cellOf = (facts: Facts): CellFacts | undefined => first(facts)?.cells[0];

/** Where a lane of the toy is, and where its settings lead. */
export function toyNow(lane: LaneFacts | undefined): string | undefined {
  if (!lane?.toy || lane.steps === 0) return undefined;
  const { alpha, w, y } = lane.toy;
  const second = y === undefined ? "" : `, y = ${fixed(y)}`;
  return `After ${count(lane.steps, "step")}, ${lane.letter} is at α = ${fixed(alpha)}, w = ${fixed(w)}${second}. ${endOf(lane)}`;
}
/** Its predicted end, from the closed form. */
function endOf({ end, letter }: LaneFacts): string {
  if (end?.kind !== "point") return `${letter} has no end to reach.`;
  return end.radius < 1
    ? `Its ring is at α = ${fixed(end.alpha)}.`
    : `Its ring is at α = ${fixed(end.alpha)}, but these steps lead away from it.`;
}
/** Whether a lane has come to its predicted end, or farther away than the plane shows. */
export function isAtEnd({ toy, end }: LaneFacts): boolean {
  if (!toy) return false;
  const isGone = Math.abs(toy.alpha) + Math.abs(toy.w) > 100;
  return (
    isGone || (end?.kind === "point" && Math.hypot(toy.alpha - end.alpha, toy.w - end.w) < 0.02)
  );
}

/** A node as the picture labels it: "c(k−2)", "0". */
export function nodeText({ group }: CellFacts, node: number): string {
  const { base, sub } = nodeName(group, node);
  return sub ? `${base}(${sub})` : base;
}

/** Shares of an edge, that is softmax(α), edge by edge; `none` and the largest of the others of each. */
export function sharesOf({ group, alpha }: CellFacts): readonly EdgeShares[] {
  const { ops, edges } = group;
  if (alpha.length !== edges.length * ops.length) return [];
  const all = softmaxRows(alpha, ops.length);
  return edges.map((edge, i) => {
    const row = [...all.subarray(i * ops.length, (i + 1) * ops.length)];
    const none = row[ops.indexOf("none")] ?? 0;
    const best = Math.max(...row.filter((_, op) => ops[op] !== "none"));
    return { ...edge, none, best };
  });
}
export interface EdgeShares {
  readonly from: number;
  readonly to: number;
  readonly none: number;
  readonly best: number;
}

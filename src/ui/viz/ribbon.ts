/** @file The decisions of a search over time: which op leads each edge, by how much, and whether the edge is kept. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { type Change, genotypeAt } from "./changes.ts";
import { mixtureOf } from "./mixture.ts";
import { alphaIn, rowAt, type Trace } from "./trace.ts";

/** One moment for each column, from left to right. */
export interface Ribbon {
  readonly columns: number;
  /** (edges, columns): place of the leading op; `none` only where the genotype has it, as NAS-Bench-201's may. */
  readonly leader: Uint8Array;
  /** (edges, columns): how far the leader's softmax weight is above the next one's, 0 … 1. */
  readonly margin: Float32Array;
  /** (edges, columns): 1 where the genotype keeps the edge, with another op than `none`. */
  readonly kept: Uint8Array;
}

/**
 * The first `columns` columns of a ribbon whose column c shows the state after `stepsAt(c)` steps. The first `known` of
 * them are taken from `before`, a ribbon of the same run at the same scale.
 */
export function ribbonOf(
  group: AlphaGroup,
  trace: Trace,
  changes: readonly Change[],
  columns: number,
  stepsAt: (column: number) => number,
  before?: Ribbon,
  known = 0,
): Ribbon {
  const edges = group.edges.length;
  const size = edges * columns;
  const ribbon: Ribbon = {
    columns,
    leader: new Uint8Array(size),
    margin: new Float32Array(size),
    kept: new Uint8Array(size),
  };
  const isOffered = group.ops.map((op) => op !== "none" || group.ops.length === 1);
  const isAny = group.ops.map(() => true);
  if (before) takeOver(ribbon, before, known, edges);
  let lastRow = -1;
  for (let c = before ? known : 0; c < columns; c++) {
    const row = rowAt(trace, stepsAt(c));
    if (row === lastRow) {
      for (let e = 0; e < edges; e++) copyColumn(ribbon, e * columns + c);
      continue;
    }
    lastRow = row;
    const weights = mixtureOf(group, alphaIn(trace, group.name, row));
    const kept = genotypeAt(changes, trace.steps[row] ?? 0)?.groups[group.name] ?? [];
    for (const [e, { from, to }] of group.edges.entries()) {
      const at = e * columns + c;
      const choice = kept.find((k) => k.from === from && k.to === to);
      const isNone = choice?.op === "none";
      const { place, margin } = lead(weights, e * group.ops.length, isNone ? isAny : isOffered);
      ribbon.leader[at] = place;
      ribbon.margin[at] = margin;
      ribbon.kept[at] = choice && !isNone ? 1 : 0;
    }
  }
  return ribbon;
}

function takeOver(ribbon: Ribbon, before: Ribbon, known: number, edges: number) {
  for (const part of ["leader", "margin", "kept"] as const)
    for (let e = 0; e < edges; e++) {
      const from = e * before.columns;
      ribbon[part].set(before[part].subarray(from, from + known), e * ribbon.columns);
    }
}

/** The largest of one edge's offered weights, and how far above the next it is. */
function lead(weights: Float64Array | undefined, first: number, isOffered: readonly boolean[]) {
  let [place, top, next] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [k, offered] of isOffered.entries()) {
    const weight = weights?.[first + k] ?? 0;
    if (!offered) continue;
    if (weight > top) [place, top, next] = [k, weight, top];
    else if (weight > next) next = weight;
  }
  return { place, margin: Number.isFinite(next) ? top - next : top };
}

function copyColumn({ leader, margin, kept }: Ribbon, at: number) {
  leader[at] = leader[at - 1] as number;
  margin[at] = margin[at - 1] as number;
  kept[at] = kept[at - 1] as number;
}

/** Stretches of columns in which an edge's leader and its being kept stay the same. */
export function* stretchesOf(
  { columns, leader, kept }: Ribbon,
  edge: number,
): Generator<{ readonly from: number; readonly to: number; readonly isFlip: boolean }> {
  const at = edge * columns;
  for (let from = 0; from < columns; ) {
    let to = from + 1;
    while (
      to < columns &&
      leader[at + to] === leader[at + from] &&
      kept[at + to] === kept[at + from]
    )
      to++;
    yield { from, to, isFlip: from > 0 && leader[at + from] !== leader[at + from - 1] };
    from = to;
  }
}

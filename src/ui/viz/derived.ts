/** @file The cell that another rule would derive from the same α, and how it differs from the one on record. */
import { argmaxRule, type DeriveRule, dartsRule, deriveEdges } from "../../genotype/derive.ts";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { at } from "./at.ts";
import type { Live } from "./live.ts";

/** The edges that `rule` keeps, with their operations. `alpha` is (edges, ops) row by row. */
export const deriveWith = (
  group: AlphaGroup,
  alpha: Float32Array,
  rule: DeriveRule,
): readonly GenotypeEdge[] =>
  deriveEdges(group, alpha, rule).map(({ edge, op }) => ({
    ...at(group.edges, edge),
    op: at(group.ops, op),
  }));

/** What is kept, by the space's own rule or by another; follows α and is computed anew only when that is another. */
export function keptBy(
  group: AlphaGroup,
  alpha: Live<Float32Array | undefined>,
  own: Live<readonly GenotypeEdge[] | undefined>,
  rule: DeriveRule | undefined,
): Live<readonly GenotypeEdge[] | undefined> {
  if (!rule) return own;
  let last: { readonly of: Float32Array; readonly kept: readonly GenotypeEdge[] } | undefined;
  return {
    subscribe: alpha.subscribe,
    get() {
      const now = alpha.get();
      if (!now) return undefined;
      if (last?.of !== now) last = { of: now, kept: deriveWith(group, now, rule) };
      return last.kept;
    },
  };
}

/** One edge on which two derived cells differ; `undefined` where the edge is dropped. */
export interface CellChange {
  readonly edge: number;
  readonly before: string | undefined;
  readonly after: string | undefined;
}
/** In the order of the group's edges. */
export function changesBetween(
  group: AlphaGroup,
  before: readonly GenotypeEdge[],
  after: readonly GenotypeEdge[],
): readonly CellChange[] {
  return group.edges.flatMap(({ from, to }, edge) => {
    const opIn = (cell: readonly GenotypeEdge[]) =>
      cell.find((e) => e.from === from && e.to === to)?.op;
    const change = { edge, before: opIn(before), after: opIn(after) };
    return change.before === change.after ? [] : [change];
  });
}

/** The papers' own rules: two edges a node, one, and every edge. */
const known: readonly DeriveRule[] = [dartsRule(2), dartsRule(1), argmaxRule];

/** The rule by which a space has derived `own` from α, as far as they tell; DARTS's where none of the known ones does. */
export const ruleBehind = (
  group: AlphaGroup,
  alpha: Float32Array,
  own: readonly GenotypeEdge[],
): DeriveRule =>
  known.find((rule) => changesBetween(group, own, deriveWith(group, alpha, rule)).length === 0) ??
  dartsRule(2);

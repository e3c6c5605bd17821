/** @file α → genotype by the rules of DARTS §2.4 and of NAS-Bench-201, on plain numbers. */
import { printCells } from "../../genotype/darts.ts";
import { dartsRule, deriveEdges } from "../../genotype/derive.ts";
import { printGenotype } from "../../genotype/formats.ts";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { argmaxRows } from "../core/values.ts";
import type { Supernet } from "../problem.ts";

/** `deriveEdges` by DARTS's rule with `keep` edges a node, edges and candidates by name. */
export const deriveStrongest = (
  group: AlphaGroup,
  alpha: Float32Array,
  keep: number,
): readonly GenotypeEdge[] =>
  deriveEdges(group, alpha, dartsRule(keep)).map(({ edge, op }) => ({
    ...(group.edges[edge] as { from: number; to: number }),
    op: group.ops[op] as string,
  }));

/**
 * As the official DARTS code prints a genotype: per group `name=[('op', predecessor), …]` and the nodes that the
 * cell's output joins.
 */
export function dartsText(
  groups: readonly AlphaGroup[],
  kept: Readonly<Record<string, readonly GenotypeEdge[]>>,
): string {
  return printCells(
    groups.map(({ name, inputs, nodes }) => ({ name, edges: kept[name] ?? [], inputs, nodes })),
  );
}

/** Every edge of the space's one cell with its largest α, `none` like any other; ties go to the earlier candidate. */
export const deriveArgmax =
  (space: string, { name, edges, ops }: AlphaGroup): Supernet["derive"] =>
  (alpha) => {
    const best = argmaxRows(alpha[name] as Float32Array, ops.length);
    const kept = edges.map((edge, e) => ({ ...edge, op: ops[best[e] as number] as string }));
    const groups = { [name]: kept };
    return { space, groups, text: printGenotype({ space, groups }) };
  };

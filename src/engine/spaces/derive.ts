/** @file α → genotype by the rule of DARTS §2.4, on plain numbers. */
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { strongestEdges } from "../core/strongest.ts";

/** `strongestEdges` of core, with edges and candidates by name. */
export const deriveStrongest = (
  group: AlphaGroup,
  alpha: Float32Array,
  keep: number,
): readonly GenotypeEdge[] =>
  strongestEdges(group, alpha, keep).map(({ edge, op }) => ({
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
  const parts = groups.flatMap(({ name, inputs, nodes }) => [
    `${name}=[${(kept[name] ?? []).map(({ op, from }) => `('${op}', ${from})`).join(", ")}]`,
    `${name}_concat=range(${inputs}, ${nodes})`,
  ]);
  return `Genotype(${parts.join(", ")})`;
}

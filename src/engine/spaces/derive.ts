/** @file α → genotype by the rule of DARTS §2.4, on plain numbers. */
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";

interface Ranked {
  readonly edge: GenotypeEdge;
  readonly strength: number;
}

/**
 * For every computed node the `keep` edges whose best candidate has the largest softmax weight, strongest first, each
 * with that candidate. `none` takes part in the softmax but is never kept. Ties go to the earlier edge and candidate.
 * `alpha` is (edges, ops) row by row.
 */
export function deriveStrongest(
  group: AlphaGroup,
  alpha: Float32Array,
  keep: number,
): readonly GenotypeEdge[] {
  const width = group.ops.length;
  const ranked = group.edges.map((edge, e) =>
    bestOn(edge, group.ops, alpha.subarray(e * width, (e + 1) * width)),
  );
  return Array.from({ length: group.nodes - group.inputs }, (_, i) => group.inputs + i).flatMap(
    (node) =>
      ranked
        .filter(({ edge }) => edge.to === node)
        .sort((a, b) => b.strength - a.strength) // stable, so ties keep the order of edges
        .slice(0, keep)
        .map(({ edge }) => edge),
  );
}

function bestOn(
  edge: { readonly from: number; readonly to: number },
  ops: readonly string[],
  row: Float32Array,
): Ranked {
  const peak = Math.max(...row);
  const shares = Array.from(row, (a) => Math.exp(a - peak));
  const total = shares.reduce((a, b) => a + b, 0);
  const best = ops.reduce(
    (best, op, o) =>
      op !== "none" && (best === undefined || (shares[o] as number) > (shares[best] as number))
        ? o
        : best,
    undefined as number | undefined,
  );
  if (best === undefined) throw new Error(`no candidate to keep among ${ops.join(", ")}`);
  return { edge: { ...edge, op: ops[best] as string }, strength: (shares[best] as number) / total };
}

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

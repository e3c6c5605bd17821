/** @file Which edges of a cell stay and with which candidate: DARTS §2.4 on plain numbers, by index. */
import type { AlphaGroup } from "../../protocol/spec.ts";

/** An edge by its index in the group, and the candidate it keeps. */
export interface KeptEdge {
  readonly edge: number;
  readonly op: number;
}

/**
 * For every computed node the `keep` edges whose best candidate has the largest softmax share, strongest first. `none`
 * takes part in the softmax but is never kept. Ties go to the earlier edge and candidate. `alpha` is (edges, ops) row
 * by row. Throws if there is no candidate but `none`.
 */
export function strongestEdges(
  group: AlphaGroup,
  alpha: Float32Array,
  keep: number,
): readonly KeptEdge[] {
  const width = group.ops.length;
  const ranked = group.edges.map(({ to }, edge) => {
    const best = strongestOp(group.ops, alpha.subarray(edge * width, (edge + 1) * width));
    return { to, edge, ...best };
  });
  return Array.from({ length: group.nodes - group.inputs }, (_, i) => group.inputs + i).flatMap(
    (node) =>
      ranked
        .filter(({ to }) => to === node)
        .sort((a, b) => b.share - a.share) // stable, so ties keep the order of edges
        .slice(0, keep)
        .map(({ edge, op }) => ({ edge, op })),
  );
}

function strongestOp(ops: readonly string[], row: Float32Array): { op: number; share: number } {
  const peak = Math.max(...row);
  const shares = Array.from(row, (a) => Math.exp(a - peak));
  const total = shares.reduce((a, b) => a + b, 0);
  const candidates = ops.flatMap((name, op) => (name === "none" ? [] : [op]));
  const [first, ...others] = candidates;
  if (first === undefined) throw new Error(`no candidate to keep among ${ops.join(", ")}`);
  const op = others.reduce(
    (best, o) => ((row[o] as number) > (row[best] as number) ? o : best),
    first,
  );
  return { op, share: (shares[op] as number) / total };
}

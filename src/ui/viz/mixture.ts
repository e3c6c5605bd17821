/** @file α as the weights that the supernet mixes with, on plain numbers. */
import { softmaxRows } from "../../genotype/softmax.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";

/**
 * (edges, ops) row by row: the softmax of each edge's α for a "choice" group, α itself for a "gate" group. `undefined`
 * without α, and for α of another size: while one run replaces another, its α may come before its group.
 */
export function mixtureOf(
  group: AlphaGroup,
  alpha: Float32Array | undefined,
): Float64Array | undefined {
  const columns = group.ops.length;
  const size = group.edges.length * columns;
  if (alpha?.length !== size) return undefined;
  return group.kind === "gate" ? Float64Array.from(alpha) : softmaxRows(alpha, columns);
}

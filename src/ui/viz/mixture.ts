/** @file α as the weights that the supernet mixes with, on plain numbers. */
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
  const weights = Float64Array.from(alpha);
  if (group.kind === "gate") return weights;
  for (let start = 0; start < size; start += columns) {
    const row = weights.subarray(start, start + columns);
    const top = Math.max(...row);
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += row[k] = Math.exp((row[k] as number) - top);
    for (let k = 0; k < columns; k++) row[k] = (row[k] as number) / sum;
  }
  return weights;
}

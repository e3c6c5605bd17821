/** @file α as the weights that the supernet mixes with, on plain numbers. */
import type { AlphaGroup } from "../../protocol/spec.ts";

/**
 * (edges, ops) row by row: the softmax of each edge's α for a "choice" group, α itself for a "gate" group.
 * Throws if `alpha` is not edges × ops long.
 */
export function mixtureOf(group: AlphaGroup, alpha: Float32Array): Float64Array {
  const columns = group.ops.length;
  const size = group.edges.length * columns;
  if (alpha.length !== size)
    throw new Error(`alpha of "${group.name}" has ${alpha.length} numbers; its group has ${size}`);
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

/** @file The norms of a network as rows of one table, so that what they measure can be kept and given. */
import type { Network, Value } from "./network.ts";

/** Added to every variance. */
export const normEpsilon = 1e-5;

/** The rows of one norm, a channel each: row `from` is its first. */
export interface NormRows {
  readonly layer: Value;
  readonly from: number;
  readonly n: number;
}

/** How many rows there are. */
export const normRowCount = (network: Network): number =>
  normRows(network).reduce((count, { n }) => count + n, 0);

/** All norms of a network, in its order. */
export function normRows({ layers }: Network): readonly NormRows[] {
  let from = 0;
  return layers.flatMap(({ kind, shape }, layer) => {
    if (kind !== "norm") return [];
    const rows = { layer, from, n: shape[0] as number };
    from += rows.n;
    return [rows];
  });
}

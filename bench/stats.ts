/** @file Medians and minima. */

/** The middle of the numbers in order, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const above = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 === 1 ? above : (above + (sorted[sorted.length / 2 - 1] ?? above)) / 2;
}
/** NaN of nothing. */
export const minimum = (values: readonly number[]): number =>
  values.length > 0 ? Math.min(...values) : Number.NaN;

/** @file α → the weights that a supernet mixes with, on plain numbers. */

/** The softmax of every row of a (rows, width) matrix. A row of −∞ alone gives equal shares. */
export function softmaxRows(alpha: ArrayLike<number>, width: number): Float64Array {
  const shares = Float64Array.from(alpha);
  for (let start = 0; start < shares.length; start += width) {
    const row = shares.subarray(start, start + width);
    const top = Math.max(...row);
    let sum = 0;
    for (let k = 0; k < width; k++)
      sum += row[k] = top === Number.NEGATIVE_INFINITY ? 1 : Math.exp((row[k] as number) - top);
    for (let k = 0; k < width; k++) row[k] = (row[k] as number) / sum;
  }
  return shares;
}

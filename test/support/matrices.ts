/** @file Small dense matrices in double precision, row by row. */

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export const transposed = (M: Matrix): Matrix =>
  (M[0] as Vector).map((_, j) => M.map((row) => row[j] as number));
/** M·x. */
export const product = (M: Matrix, x: Vector): Vector =>
  M.map((row) => row.reduce((total, entry, j) => total + entry * (x[j] as number), 0));
/** s·x + t·y. */
export const combine = (s: number, x: Vector, t: number, y: Vector): Vector =>
  x.map((entry, i) => s * entry + t * (y[i] as number));
export const length = (x: Vector): number => Math.hypot(...x);
/** ‖x − y‖ / ‖y‖; ‖x‖ where y is empty or zero. Throws on different counts. */
export function distance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new Error(`${x.length} numbers against ${y.length}`);
  let [difference, size] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    difference += ((x[i] as number) - (y[i] as number)) ** 2;
    size += (y[i] as number) ** 2;
  }
  return Math.sqrt(difference) / (Math.sqrt(size) || 1);
}

/** x with M·x = b, by Gaussian elimination with row pivots. Throws if M is singular. */
export function solve(M: Matrix, b: Vector): Vector {
  const rows = M.map((row, i) => [...row, b[i] as number]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const size = (i: number) => Math.abs((rows[i] as number[])[k] as number);
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (size(i) > size(pivot)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot] as number[], rows[k] as number[]];
    const top = rows[k] as number[];
    if (top[k] === 0) throw new Error(`singular matrix: column ${k}`);
    for (let i = 0; i < n; i++) {
      const row = rows[i] as number[];
      const factor = (row[k] as number) / (top[k] as number);
      if (i !== k)
        for (let j = k; j <= n; j++) row[j] = (row[j] as number) - factor * (top[j] as number);
    }
  }
  return rows.map((row, k) => (row[n] as number) / (row[k] as number));
}

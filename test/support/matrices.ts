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
/** ‖x − y‖ / ‖y‖. */
export const distance = (x: Vector, y: Vector): number => length(combine(1, x, -1, y)) / length(y);

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

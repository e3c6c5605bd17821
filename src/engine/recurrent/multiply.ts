/** @file Products of small matrices, row-major, in plain loops over blocks of 4×4 that stay in registers. */

/** Row-major, as a view of some memory. */
export type Matrix = Float32Array;
/** c (rows, columns), a (rows, inner) or turned, (inner, rows), and b (inner, columns). */
export interface Shape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly turned?: true;
}
/** c += a·b. */
export type MultiplyAdd = (c: Matrix, a: Matrix, b: Matrix, shape: Shape) => void;

/** Sums in double precision. */
export const multiplyAdd: MultiplyAdd = (c, a, b, { rows, inner, columns, turned }) => {
  const [toRow, toInner] = turned ? [1, rows] : [inner, 1];
  const [evenRows, evenColumns] = [rows - (rows % 4), columns - (columns % 4)];
  for (let r = 0; r < evenRows; r += 4)
    for (let k = 0; k < evenColumns; k += 4)
      block(c, a, b, { c: r * columns + k, a: r * toRow, b: k, toRow, toInner, inner, columns });
  for (let r = 0; r < rows; r++)
    for (let k = r < evenRows ? evenColumns : 0; k < columns; k++) {
      let sum = 0;
      for (let i = 0; i < inner; i++)
        sum += (a[r * toRow + i * toInner] as number) * (b[i * columns + k] as number);
      c[r * columns + k] = (c[r * columns + k] as number) + sum;
    }
};

interface Block {
  readonly c: number;
  readonly a: number;
  readonly b: number;
  readonly toRow: number;
  readonly toInner: number;
  readonly inner: number;
  readonly columns: number;
}
/** Sixteen sums at once: 8 loads serve 16 products. */
function block(c: Matrix, a: Matrix, b: Matrix, at: Block): void {
  const { toRow, toInner, inner, columns } = at;
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0, from = at.b, left = at.a; i < inner; i++, from += columns, left += toInner) {
    const b0 = b[from] as number;
    const b1 = b[from + 1] as number;
    const b2 = b[from + 2] as number;
    const b3 = b[from + 3] as number;
    const a0 = a[left] as number;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = a[left + toRow] as number;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = a[left + 2 * toRow] as number;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = a[left + 3 * toRow] as number;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  const to = at.c;
  addRow(c, to, s00, s01, s02, s03);
  addRow(c, to + columns, s10, s11, s12, s13);
  addRow(c, to + 2 * columns, s20, s21, s22, s23);
  addRow(c, to + 3 * columns, s30, s31, s32, s33);
}

function addRow(c: Float32Array, at: number, s0: number, s1: number, s2: number, s3: number): void {
  c[at] = (c[at] as number) + s0;
  c[at + 1] = (c[at + 1] as number) + s1;
  c[at + 2] = (c[at + 2] as number) + s2;
  c[at + 3] = (c[at + 3] as number) + s3;
}

/** (rows, columns) → (columns, rows), written to `out` if given. */
export function transposed(
  x: Float32Array,
  rows: number,
  columns: number,
  out: Float32Array = new Float32Array(rows * columns),
): Float32Array {
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < columns; k++) out[k * rows + r] = x[r * columns + k] as number;
  return out;
}

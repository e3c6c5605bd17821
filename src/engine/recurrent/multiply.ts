/** @file Products of small matrices, row-major, in plain loops over blocks of 4×4 that stay in registers. */

/** c += a·b for a (rows, inner), b (inner, columns), c (rows, columns). Sums in double precision. */
export function multiplyAdd(
  c: Float32Array,
  a: Float32Array,
  b: Float32Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  const [evenRows, evenColumns] = [rows - (rows % 4), columns - (columns % 4)];
  for (let r = 0; r < evenRows; r += 4)
    for (let k = 0; k < evenColumns; k += 4) block(c, a, b, r, k, inner, columns);
  for (let r = 0; r < rows; r++)
    for (let k = r < evenRows ? evenColumns : 0; k < columns; k++) {
      let sum = 0;
      for (let i = 0; i < inner; i++)
        sum += (a[r * inner + i] as number) * (b[i * columns + k] as number);
      c[r * columns + k] = (c[r * columns + k] as number) + sum;
    }
}

/** Sixteen sums at once: 8 loads serve 16 products. */
function block(
  c: Float32Array,
  a: Float32Array,
  b: Float32Array,
  r: number,
  k: number,
  inner: number,
  columns: number,
): void {
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0];
  const [r0, r1, r2, r3] = [r * inner, (r + 1) * inner, (r + 2) * inner, (r + 3) * inner];
  for (let i = 0, at = k; i < inner; i++, at += columns) {
    const b0 = b[at] as number;
    const b1 = b[at + 1] as number;
    const b2 = b[at + 2] as number;
    const b3 = b[at + 3] as number;
    const a0 = a[r0 + i] as number;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = a[r1 + i] as number;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = a[r2 + i] as number;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = a[r3 + i] as number;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  const to = r * columns + k;
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

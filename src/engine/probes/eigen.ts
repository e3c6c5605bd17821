/** @file The largest eigenvalue of a symmetric matrix, written out or known by its products alone. */

/** v → H·v. */
export type Product = (v: Float64Array) => Promise<Float64Array>;

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

/** v / ‖v‖, or the first unit vector for v = 0. */
export function normalised(v: Float64Array): Float64Array {
  const size = Math.sqrt(dot(v, v));
  return size > 0 ? v.map((x) => x / size) : v.map((_, i) => (i === 0 ? 1 : 0));
}

/**
 * Power iteration, of whose vectors v, Hv, H²v, … the best combination is taken and not only the last one (Lanczos): the
 * same products, far fewer of them, and the largest eigenvalue even where a negative one has the larger size. Ends after
 * `most` products, or once a product changes the value by less than a share of `tolerance`.
 */
export async function largestEigenvalue(
  product: Product,
  start: Float64Array,
  { most = 30, tolerance = 1e-4 } = {},
): Promise<number> {
  const basis: Float64Array[] = [];
  const images: Float64Array[] = [];
  let [value, next] = [0, normalised(start)];
  while (basis.length < Math.min(most, start.length)) {
    basis.push(next);
    images.push(await product(next));
    const before = value;
    value = topOf(basis, images);
    if (basis.length > 2 && Math.abs(value - before) <= tolerance * Math.abs(value)) break;
    const rest = withoutParts(images.at(-1) as Float64Array, basis);
    const size = Math.sqrt(dot(rest, rest));
    if (size <= 1e-9 * Math.abs(value)) break; // the basis holds all that H makes of the start
    next = normalised(rest);
  }
  return value;
}

/** The largest eigenvalue of H on the span of the basis. */
function topOf(basis: readonly Float64Array[], images: readonly Float64Array[]): number {
  const n = basis.length;
  const at = (i: number, j: number) => dot(basis[i] as Float64Array, images[j] as Float64Array);
  const projected = Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    return (at(i, j) + at(j, i)) / 2;
  });
  return eigenvalues(projected, n).at(-1) as number;
}

/** v without what it shares with the basis; twice, since once leaves rounding errors behind. */
const withoutParts = (v: Float64Array, basis: readonly Float64Array[]): Float64Array =>
  [...basis, ...basis].reduce((rest, q) => {
    const along = dot(rest, q);
    return rest.map((x, i) => x - along * (q[i] as number));
  }, v);

/** All eigenvalues of a symmetric (n, n) matrix, row by row, ascending: Jacobi's rotations. */
export function eigenvalues(matrix: Float64Array, n: number): number[] {
  const a = Float64Array.from(matrix);
  const at = (i: number, j: number): number => a[i * n + j] as number;
  const off = (): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += at(i, j) ** 2;
    return sum;
  };
  const size = Math.max(Number.MIN_VALUE, dot(a, a));
  for (let sweep = 0; sweep < 50 && off() > 1e-24 * size; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (at(p, q) === 0) continue;
        const theta = (at(q, q) - at(p, p)) / (2 * at(p, q));
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(a, n, p, q, c, t * c);
      }
  return Array.from({ length: n }, (_, i) => at(i, i)).sort((x, y) => x - y);
}

/** a ← Jᵀ a J for the rotation of rows and columns p and q. */
function rotate(a: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p] as number, a[k * n + q] as number];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k] as number, a[q * n + k] as number];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
  }
}

/** @file Eigenvalues of small matrices, from the matrix and from its products alone. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eigenvalues, largestEigenvalue, normalised, type Product } from "./eigen.ts";

const n = 5;
/** Q·diag(values)·Qᵀ with Q from Gram–Schmidt of `seed`. */
function symmetric(values: readonly number[], seed: readonly number[]): Float64Array {
  const q: Float64Array[] = [];
  for (let k = 0; k < n; k++) {
    let v = Float64Array.from(
      { length: n },
      (_, i) => (seed[(k * n + i) % seed.length] ?? 0) + (i === k ? 3 : 0),
    );
    for (const u of q) {
      const along = u.reduce((sum, x, i) => sum + x * (v[i] as number), 0);
      v = v.map((x, i) => x - along * (u[i] as number));
    }
    q.push(Float64Array.from(normalised(v)));
  }
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return values.reduce((sum, value, k) => sum + value * (q[k]?.[i] ?? 0) * (q[k]?.[j] ?? 0), 0);
  });
}
const productOf =
  (h: Float64Array): Product =>
  async (v) =>
    v.map((_, i) => v.reduce((sum, x, j) => sum + (h[i * n + j] as number) * x, 0));
const start = Float64Array.from({ length: n }, (_, i) => 1 + 0.1 * i);

describe("eigenvalues", () => {
  it("are those that the matrix was made of", () => {
    const entry = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: n, maxLength: n }),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
          minLength: n * n,
          maxLength: n * n,
        }),
        (values, seed) => {
          const found = eigenvalues(symmetric(values, seed), n);
          const wanted = [...values].sort((a, b) => a - b);
          for (const [i, value] of found.entries())
            expect(value).toBeCloseTo(wanted[i] as number, 9);
        },
      ),
    );
  });
});

describe("power iteration", () => {
  const seed = [0.3, -0.2, 0.7, 0.1, -0.5, 0.9, 0.4];
  it.each([
    ["the largest is dominant", [5, 1, 0.5, -1, 0]],
    ["the dominant one is negative", [2, 1, 0.5, -8, 0]],
    ["all are negative", [-1, -2, -3, -4, -9]],
    ["two are the same", [3, 3, 1, 0, -3]],
  ])("finds the largest eigenvalue where %s", async (_, values) => {
    const value = await largestEigenvalue(productOf(symmetric(values, seed)), start, {
      tolerance: 1e-12,
    });
    expect(value).toBeCloseTo(Math.max(...values), 8);
  });
  it("makes no more products than it may, and fewer where they tell nothing new", async () => {
    let products = 0;
    const product: Product = async (v) => {
      products++;
      return v.map((x, i) => (5 - i) * x);
    };
    await largestEigenvalue(product, start, { most: 3, tolerance: 0 });
    expect(products).toBe(3);
    expect(await largestEigenvalue(product, Float64Array.from([1, 0, 0, 0, 0]))).toBe(5);
    expect(products).toBe(3 + 1);
  });
  it("finds 0 for a product that is 0", async () => {
    expect(await largestEigenvalue(async (v) => v.map(() => 0), start)).toBe(0);
  });
});

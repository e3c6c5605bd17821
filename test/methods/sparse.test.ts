/** @file The sparsity of channel scores: the proximal step, and network slimming's subgradient. */
import { type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { shrinkTogether, softThreshold } from "../../src/engine/methods/sparse.ts";
import type { RunSpec } from "../../src/protocol/spec.ts";
import { make, plainSgd, specOf } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const column = (...x: number[]) => tensor2d(x, [x.length, 1]) as Tensor2D;
const close = (found: Tensor2D, wanted: readonly number[]) =>
  found.dataSync().forEach((x, i) => void expect(x).toBeCloseTo(wanted[i] as number, 6));

it("soft-thresholds known values", () => {
  close(softThreshold(column(1, -1, 0.2, -0.2, 0.3, 0), 0.25), [0.75, -0.75, 0, 0, 0.05, 0]);
});
it("shrinks a layer by a common factor, to 0 at the end", () => {
  // ‖(3, 4)‖ = 5, √2 · √2 = 2: a factor of 3/5.
  close(shrinkTogether(column(3, -4), Math.SQRT2), [1.8, -2.4]);
  close(shrinkTogether(column(0.3, 0.4), 0.5), [0, 0]);
  close(shrinkTogether(column(0, 0), 0.5), [0, 0]);
});
it("is the minimiser of ½(x − z)² + by·|x|", () => {
  for (const z of [-2, -0.3, 0.1, 0.9]) {
    const at = (x: number) => (x - z) ** 2 / 2 + 0.4 * Math.abs(x);
    const [x] = softThreshold(column(z), 0.4).dataSync();
    for (const aside of [-0.01, 0.01])
      expect(at(x as number)).toBeLessThan(at((x as number) + aside));
  }
});

/** All scores after some steps at a constant plain rate. */
async function scoresOf(method: string, hyper: RunSpec["hyper"], steps = 3) {
  const base = specOf(method, "width", "blobs");
  using run = await make({ ...base, hyper, alphaOptimizer: plainSgd(0.1), steps });
  const { alpha } = await run.step(steps);
  return Object.values(alpha).flatMap((scores) => [...scores]);
}

describe("in a search", () => {
  it.each(["darts", "rarts", "milenas"])(
    "a strong penalty brings %s's scores to exactly 0",
    async (method) => {
      expect((await scoresOf(method, {})).every((a) => a !== 0)).toBe(true);
      const scores = await scoresOf(method, { sparsity: 10 });
      expect(scores.every((a) => a === 0)).toBe(true);
    },
  );
  it("one step differs from the plain one by ημ", async () => {
    const [plain, sparse] = [
      await scoresOf("darts", {}, 1),
      await scoresOf("darts", { sparsity: 0.5 }, 1),
    ];
    plain.forEach((a, i) => void expect(sparse[i]).toBeCloseTo(a - 0.05, 5));
  });
  it("slimming's subgradient is the same step while no score changes sign", async () => {
    const weak = await scoresOf("slimming", { strength: 1e-7 }, 1);
    const strong = await scoresOf("slimming", { strength: 0.5 }, 1);
    weak.forEach((a, i) => void expect(strong[i]).toBeCloseTo(a - 0.05, 5));
  });
  it("edas, which draws edges that choose, refuses", async () => {
    await expect(make(specOf("edas", "width", "blobs"))).rejects.toThrow(
      'method "edas" cannot search space "width"',
    );
  });
});

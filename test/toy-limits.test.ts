/** @file The solvable model: every method ends where algebra says (DARTS fig. 2; RARTS's relaxed Lagrangian). */
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import type { RunSpec } from "../src/protocol/spec.ts";
import { make, plainSgd, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
async function end(method: string, lr: number, steps: number, hyper: RunSpec["hyper"]) {
  using run = await make({
    ...specOf(method, "toy", "toy"),
    steps,
    hyper,
    weightOptimizer: plainSgd(lr),
    alphaOptimizer: plainSgd(lr),
  });
  const { records } = await run.step(steps);
  return records.at(-1)?.values ?? {};
}

describe("DARTS ends at α = w = 2 / (1 + 2ξ)", () => {
  it.each([0, 0.25, 0.5, 1])("ξ = %d", async (xi) => {
    const { alpha, w } = await end("darts", 0.2, 80, { xi });
    expect(alpha).toBeCloseTo(2 / (1 + 2 * xi), 4);
    expect(w).toBeCloseTo(2 / (1 + 2 * xi), 4);
  });
});

describe("RARTS ends at α = 4λβ / (4λβ − 2λ − β), w = α (1 − 1/2λ), y = 2 − α", () => {
  it.each([
    [10, 10, 0.07, 120],
    [10, 20, 0.06, 100],
    [1, 2, 0.3, 60],
  ])("λ = %d, β = %d", async (lambda, beta, lr, steps) => {
    const { alpha, w, y } = await end("rarts", lr, steps, { lambda, beta });
    const star = (4 * lambda * beta) / (4 * lambda * beta - 2 * lambda - beta);
    expect(alpha).toBeCloseTo(star, 4);
    expect(w).toBeCloseTo(star * (1 - 1 / (2 * lambda)), 4);
    expect(y).toBeCloseTo(2 - star, 4);
  });
});

it("RARTS leaves the saddle of λ = β = ½ for ever", async () => {
  const { alpha } = await end("rarts", 0.1, 300, { lambda: 0.5, beta: 0.5 });
  expect(Math.abs(alpha as number)).toBeGreaterThan(100);
});

it("first-order DARTS is stable just below η = √3 − 1 and not just above", async () => {
  const settled = await end("darts", 0.72, 600, { xi: 0 });
  expect(settled["alpha"]).toBeCloseTo(2, 1);
  const lost = await end("darts", 0.745, 600, { xi: 0 });
  expect(Math.abs((lost["alpha"] as number) - 2)).toBeGreaterThan(1);
});

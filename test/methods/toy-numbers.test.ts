/** @file More numbers of the solvable model, each from algebra: limits of the rates, speeds, edges of convexity. */
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { rarts } from "../../src/engine/methods/rarts.ts";
import type { SearchMethod } from "../../src/engine/problem.ts";
import type { Hyper } from "../../src/protocol/spec.ts";
import { stepper } from "../support/probe-step.ts";
import { plainSgd } from "../support/specs.ts";
import { toyProblem } from "../support/toy-problem.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

/** α and w after each of `steps` steps with these rates of w and of α, from (2, −2). */
function trail(method: unknown, hyper: Hyper, rates: readonly [number, number], steps: number) {
  const [weights, alpha] = [plainSgd(rates[0]), plainSgd(rates[1])];
  using search = stepper(method as SearchMethod, toyProblem, { hyper, weights, alpha, steps });
  return Array.from({ length: steps }, () => {
    search.step();
    const { weights, alpha } = search.state;
    const [w, a] = [weights["w"], alpha["alpha"]].map((t) => t?.dataSync()[0] as number);
    return { alpha: a as number, w: w as number };
  });
}

describe("DARTS with η_w = 0.1", () => {
  it.each([
    [0, 18],
    [0.1, 4.09],
    [0.25, 1.89],
    [0.5, 1],
    [0.7, 0.73],
    [1, 0.51],
  ])("ξ = %d bears rates of α up to %d", (xi, limit) => {
    const off = (rate: number) =>
      Math.abs((trail(darts, { xi }, [0.1, rate], 250).at(-1)?.alpha ?? 0) - 2 / (1 + 2 * xi));
    expect(off(0.94 * limit)).toBeLessThan(0.1);
    expect(off(1.06 * limit) < 100).toBe(false); // or no number any more
  });
});
it.each([
  [0, 0.894],
  [0.5, 0.8],
])("with η = 0.1 and ξ = %d the distance shrinks by %d a step", (xi, radius) => {
  const end = 2 / (1 + 2 * xi);
  const steps = trail(darts, { xi }, [0.1, 0.1], 52).map(({ alpha, w }) =>
    Math.hypot(alpha - end, w - end),
  );
  const [early, late] = [steps[11] as number, steps[51] as number];
  // At ξ = 0.5 the eigenvalue is double: a factor of the step's number stands beside the power.
  expect(Math.abs((late / early) ** (1 / 40) - radius)).toBeLessThan(0.04);
});

describe("RARTS", () => {
  it.each([
    [10, 1, 0.0977],
    [10, 20, 0.0744],
    [100, 10, 0.00997],
    [10, 100, 0.0207],
    [100, 100, 0.00997],
  ])("λ = %d, β = %d bears a common rate up to %d", (lambda, beta, limit) => {
    const end = (rate: number) =>
      Math.abs(trail(rarts, { lambda, beta }, [rate, rate], 600).at(-1)?.alpha ?? 0);
    expect(end(0.95 * limit)).toBeLessThan(3);
    expect(end(1.05 * limit)).toBeGreaterThan(100);
  });
  it.each([
    [0.5, 1],
    [1, 2 / 3],
  ])("drifts for ever on the edge of convexity, λ = %d, β = %d", (lambda, beta) => {
    const steps = trail(rarts, { lambda, beta }, [0.2, 0.2], 600);
    const at = (i: number) => steps[i]?.alpha as number;
    // A straight line, neither settling nor running away.
    expect(Math.abs(at(599) - at(399))).toBeGreaterThan(1);
    expect((at(599) - at(399)) / (at(399) - at(199))).toBeCloseTo(1, 1);
  });
  it.each([
    [1, 1.3333, 0.6667, 0.3],
    [10, 1.0256, 0.9744, 0.04],
  ])(
    "is joint minimisation where β is large: λ = %d ends near (%d, %d)",
    (lambda, alpha, w, rate) => {
      const end = trail(rarts, { lambda, beta: 600 }, [0.0028, rate], 3000).at(-1);
      expect(Math.abs((end?.alpha ?? 0) - alpha)).toBeLessThan(0.005);
      expect(Math.abs((end?.w ?? 0) - w)).toBeLessThan(0.005);
    },
  );
  it("small λ and β are worse than first-order DARTS: 4 against 2", () => {
    const end = (method: unknown, hyper: Hyper) =>
      trail(method, hyper, [0.3, 0.3], 200).at(-1)?.alpha;
    expect(end(rarts, { lambda: 1, beta: 1 })).toBeCloseTo(4, 2);
    expect(end(darts, { xi: 0 })).toBeCloseTo(2, 2);
  });
});

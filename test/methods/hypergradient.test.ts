/** @file Second-order DARTS against the exact hypergradient: with w at its best, one step's look-ahead closes the gap linearly. */
import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { distance, type Vector } from "../support/matrices.ts";
import { stepper } from "../support/probe-step.ts";
import { drawQuadratic, exactGradients, quadraticProblem } from "../support/quadratic.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

describe.each([
  [1, 3],
  [2, 5],
  [3, 6],
  [4, 6],
])("random problem %d of %d weights, ∇²w L_train = h", (seed, n) => {
  const h = 2.5;
  const A = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? Math.sqrt(h) : 0)),
  );
  const q = { ...drawQuadratic(seed, n), A };
  const { best, hypergradient } = exactGradients(q, q.alpha);
  /** How far off the α-gradient is for a look-ahead of `share` Newton steps, from `w`. */
  const error = (share: number, w: Vector): number => {
    using search = stepper(darts, quadraticProblem(q), { hyper: { xi: share / h } });
    search.place({ weights: { w: tensor1d([...w]) } });
    return distance(search.step().gradient["alpha"] as Vector, hypergradient);
  };
  it("its error is 1 − ξh of first order's", () => {
    const first = error(0, best);
    expect(first).toBeGreaterThan(0.05);
    for (const share of [0.25, 0.5, 0.75, 1])
      expect(Math.abs(error(share, best) / first - (1 - share))).toBeLessThan(0.02);
  });
  it("one Newton step is the hypergradient from any w", () => {
    expect(error(1, q.w)).toBeLessThan(0.01);
    expect(error(0, q.w)).toBeGreaterThan(0.05);
  });
});

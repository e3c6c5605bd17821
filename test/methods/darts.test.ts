/** @file DARTS's α-gradient against calculus on random quadratic bilevel problems, and its limits on the solvable model. */
import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import type { Hyper, SgdSpec } from "../../src/protocol/spec.ts";
import { combine, distance, type Vector } from "../support/matrices.ts";
import { stepper } from "../support/probe-step.ts";
import {
  drawQuadratic,
  gradientsAt,
  type Quadratic,
  quadraticProblem,
  unrolledGradient,
} from "../support/quadratic.ts";
import { plainSgd } from "../support/specs.ts";
import { toyProblem } from "../support/toy-problem.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const velocity = [0.3, -0.2, 0.1, 0.4, -0.5];
const official: SgdSpec = { ...plainSgd(0.2), momentum: 0.9, decay: 0.1 };

/** The α-gradient of one step of DARTS, w's optimiser having gathered `velocity`. */
function alphaGradient(q: Quadratic, hyper: Hyper, weights = plainSgd(0.2)): Vector {
  using search = stepper(darts, quadraticProblem(q), { hyper, weights });
  search.place({ weightsState: { velocity: { w: tensor1d(velocity) } } });
  return search.step().gradient["alpha"] as Vector;
}
/** w − ξ(∇w L_train + extra). */
const lookAhead = (q: Quadratic, xi: number, extra: Vector = q.w.map(() => 0)): Vector =>
  combine(1, q.w, -xi, combine(1, gradientsAt(q, q.w, q.alpha).trainByW, 1, extra));

describe.each([1, 2, 3])("on quadratic problem %d", (seed) => {
  const q = drawQuadratic(seed, 5, 3, 7);

  it("first order is ∇α L_val(w, α)", () => {
    const exact = gradientsAt(q, q.w, q.alpha).valByAlpha;
    expect(distance(alphaGradient(q, { xi: 0 }), exact)).toBeLessThan(1e-5);
  });
  it.each([0.01, 0.1, 0.5])("second order is d/dα L_val(w − ξ∇w L_train, α), ξ = %d", (xi) => {
    const exact = unrolledGradient(q, lookAhead(q, xi), xi, q.alpha);
    expect(distance(alphaGradient(q, { xi }, official), exact)).toBeLessThan(1e-3);
  });
  it.each([0.1, 0.5])("looks ahead with momentum and decay if asked, ξ = %d", (xi) => {
    const inertia = combine(official.momentum, velocity, official.decay, q.w);
    const exact = unrolledGradient(q, lookAhead(q, xi, inertia), xi, q.alpha);
    expect(distance(alphaGradient(q, { xi, momentum: 1 }, official), exact)).toBeLessThan(1e-3);
    expect(distance(alphaGradient(q, { xi, momentum: 0 }, official), exact)).toBeGreaterThan(0.01);
  });
  it("asks α at the new w, and w at the old α, if w goes first", () => {
    const next = lookAhead(q, 0.2);
    const first = alphaGradient(q, { xi: 0, weightsFirst: 1 });
    expect(distance(first, gradientsAt(q, next, q.alpha).valByAlpha)).toBeLessThan(1e-5);
    expect(distance(first, alphaGradient(q, { xi: 0 }))).toBeGreaterThan(0.01);
    using search = stepper(darts, quadraticProblem(q), {
      hyper: { xi: 0, weightsFirst: 1 },
      weights: plainSgd(0.2),
    });
    search.step();
    const w = search.state.weights["w"]?.dataSync<"float32">() as Float32Array;
    expect(distance([...w], next)).toBeLessThan(1e-5);
  });
  it("takes w's own rate for ξ if tied, whatever ξ says", () => {
    const exact = unrolledGradient(q, lookAhead(q, 0.2), 0.2, q.alpha);
    for (const xi of [0, 1])
      expect(distance(alphaGradient(q, { xi, tied: 1 }), exact)).toBeLessThan(1e-3);
  });
});

/** α and w on the toy after `steps` with one constant rate for both. */
function onToy(hyper: Hyper, rate: number, steps: number) {
  const rates = { weights: plainSgd(rate), alpha: plainSgd(rate) };
  using search = stepper(darts, toyProblem, { hyper, ...rates });
  for (let step = 0; step < steps; step++) search.step();
  const alpha = search.state.alpha["alpha"]?.dataSync()[0] as number;
  const w = search.state.weights["w"]?.dataSync()[0] as number;
  return { alpha, w, valLoss: alpha * w - 2 * alpha + 1 };
}

describe("the solvable model", () => {
  it.each([
    [0, 2, 1],
    [0.1, 1.6667, 0.444],
    [0.25, 1.3333, 0.111],
    [0.3, 1.25, 0.0625],
    [0.5, 1, 0],
    [0.7, 0.8333, 0.0278],
    [1, 0.6667, 0.111],
  ])("ξ = %d ends at α = w = %d with L_val = %d", (xi, end, valLoss) => {
    const reached = onToy({ xi }, 0.1, 120);
    expect(reached.alpha).toBeCloseTo(end, 3);
    expect(reached.w).toBeCloseTo(end, 3);
    expect(reached.valLoss).toBeCloseTo(valLoss, 3);
  });
  it("its first α-gradient is (w′ − 2) + 2ξα: the difference quotient of a quadratic is exact", () => {
    using search = stepper(darts, toyProblem, { hyper: { xi: 0.3 } });
    expect(search.step().gradient["alpha"]?.[0]).toBeCloseTo(0.4 - 2 + 0.6 * 2, 3);
  });
  it.each([
    [0, Math.sqrt(3) - 1],
    [0.1, 0.742],
    [0.25, 0.764],
    [0.5, 1],
    [0.7, 0.857],
    [1, 0.75],
  ])("ξ = %d converges just below its rate limit %d and diverges just above", (xi, limit) => {
    const off = (rate: number) => Math.abs(onToy({ xi }, rate, 200).alpha - 2 / (1 + 2 * xi));
    expect(off(0.95 * limit)).toBeLessThan(0.01);
    expect(off(1.05 * limit)).toBeGreaterThan(10);
  });
  it("tied to w's rate, it ends at 2 / (1 + 2η): where it ends depends on the rate", () => {
    expect(onToy({ tied: 1 }, 0.1, 150).alpha).toBeCloseTo(2 / 1.2, 3);
  });
  it("tied to a rate that is annealed, it reaches the optimum and drifts back to first order", () => {
    const annealed: SgdSpec = { ...plainSgd(0.5), lrFloor: 0 };
    const drifting = { hyper: { tied: 1 }, weights: annealed, alpha: plainSgd(0.1), steps: 2000 };
    using search = stepper(darts, toyProblem, drifting);
    const alpha = () => search.state.alpha["alpha"]?.dataSync()[0];
    for (let step = 0; step < 50; step++) search.step();
    expect(alpha()).toBeCloseTo(1.0006, 3);
    for (let step = 50; step < 2000; step++) search.step();
    expect(alpha()).toBeCloseTo(2.0868, 2);
    expect(search.state.weights["w"]?.dataSync()[0]).toBeCloseTo(1.9919, 2);
  });
});

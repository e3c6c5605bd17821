/** @file DARTS's α-gradient against calculus on random quadratic bilevel problems. */
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
  it("takes w's own rate for ξ if tied, whatever ξ says", () => {
    const exact = unrolledGradient(q, lookAhead(q, 0.2), 0.2, q.alpha);
    for (const xi of [0, 1])
      expect(distance(alphaGradient(q, { xi, tied: 1 }), exact)).toBeLessThan(1e-3);
  });
});

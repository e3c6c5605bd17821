/** @file RARTS finds the hypergradient without second derivatives; its two ways to step, its second weights, and MiLeNAS. */
import { tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import type { Params } from "../../src/engine/core/params.ts";
import { milenas } from "../../src/engine/methods/milenas.ts";
import { rarts } from "../../src/engine/methods/rarts.ts";
import { combine, distance, length, solve, transposed, type Vector } from "../support/matrices.ts";
import { numbersOf, stepper } from "../support/probe-step.ts";
import {
  drawQuadratic,
  exactGradients,
  gradientsAt,
  type Quadratic,
  quadraticProblem,
  rartsOptimum,
} from "../support/quadratic.ts";
import { plainSgd } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

it("MiLeNAS's α descends L_train + λ L_val at the new w", () => {
  const q = drawQuadratic(2, 5, 3, 7);
  using search = stepper(milenas, quadraticProblem(q), {
    hyper: { lambda: 3 },
    weights: plainSgd(0.1),
  });
  const w = combine(1, q.w, -0.1, gradientsAt(q, q.w, q.alpha).trainByW);
  const { trainByAlpha, valByAlpha } = gradientsAt(q, w, q.alpha);
  const found = search.step().gradient["alpha"] as Vector;
  expect(distance(found, combine(1, trainByAlpha, 3, valByAlpha))).toBeLessThan(1e-5);
});

describe("the hypergradient", () => {
  /** The α-gradient of a step that starts, and with rate 0 stays, at the best w and y for this α. */
  function atOptimum(q: Quadratic, lambda: number, beta: number, reuseGradients: number): Vector {
    using search = stepper(rarts, quadraticProblem(q), { hyper: { lambda, beta, reuseGradients } });
    const { w, y } = rartsOptimum(q, q.alpha, lambda, beta);
    search.place({
      weights: { w: tensor1d(w as number[]) },
      valWeights: { w: tensor1d(y as number[]) },
    });
    return search.step().gradient["alpha"] as Vector;
  }
  describe.each([0, 1])("reuse = %d", (reuse) => {
    it.each([1, 2, 3, 4])("appears as λ and β grow, problem %d with constant v", (seed) => {
      const q = drawQuadratic(seed);
      const { hypergradient } = exactGradients(q, q.alpha);
      const errors = [10, 100, 1000].map((s) => distance(atOptimum(q, s, s, reuse), hypergradient));
      expect(errors[1]).toBeLessThan(0.5 * (errors[0] as number));
      expect(errors[2]).toBeLessThan(0.2 * (errors[1] as number));
      expect(errors[2]).toBeLessThan(0.03);
    });
    it.each([1, 2, 3])("comes with λ∇v where v is not constant, problem %d", (seed) => {
      const q = drawQuadratic(seed, 5, 3, 8);
      const { hypergradient, ofValue } = exactGradients(q, q.alpha);
      expect(length(ofValue)).toBeGreaterThan(0.1);
      const errors = [10, 100, 1000].map((s) => {
        const found = atOptimum(q, s, s, reuse);
        return length(combine(1, combine(1, found, -s, ofValue), -1, hypergradient));
      });
      expect(errors[1]).toBeLessThan(0.5 * (errors[0] as number));
      expect(errors[2]).toBeLessThan(0.2 * (errors[1] as number));
      expect((errors[2] as number) / length(hypergradient)).toBeLessThan(0.03);
    });
  });
  it("both λ and β have to be large", () => {
    const q = drawQuadratic(2);
    const { hypergradient } = exactGradients(q, q.alpha);
    const { valByAlpha } = gradientsAt(q, exactGradients(q, q.alpha).best, q.alpha);
    expect(distance(atOptimum(q, 1000, 1, 0), hypergradient)).toBeGreaterThan(0.1);
    expect(distance(atOptimum(q, 1, 1000, 0), hypergradient)).toBeGreaterThan(0.1);
    expect(distance(valByAlpha, hypergradient)).toBeGreaterThan(0.1);
  });
});

describe("two passes instead of four", () => {
  it.each([0, 1])("rests at the one critical point, reuse = %d", (reuseGradients) => {
    const [lambda, beta] = [2, 3];
    const q = drawQuadratic(1, 4, 2, 6);
    const slope = (alpha: Vector) => {
      const { w, y } = rartsOptimum(q, alpha, lambda, beta);
      const byTrain = gradientsAt(q, w, alpha).trainByAlpha;
      return combine(lambda, byTrain, 1, gradientsAt(q, y, alpha).valByAlpha);
    };
    // The slope is affine in α: its zero from its values at 0 and at the unit vectors.
    const [zero, ...units] = [
      [0, 0],
      [1, 0],
      [0, 1],
    ].map(slope) as [Vector, ...Vector[]];
    const columns = units.map((unit) => combine(1, unit, -1, zero));
    const alpha = solve(transposed(columns), combine(-1, zero, 0, zero));
    const { w, y } = rartsOptimum(q, alpha, lambda, beta);

    const rates = { weights: plainSgd(0.02), alpha: plainSgd(0.02) };
    using search = stepper(rarts, quadraticProblem(q), {
      hyper: { lambda, beta, reuseGradients },
      ...rates,
    });
    const point = () =>
      [search.state.weights, search.state.valWeights, search.state.alpha].flatMap((p) =>
        Object.values(numbersOf(p)).flat(),
      );
    const start = point();
    search.step();
    expect(distance(point(), start)).toBeGreaterThan(0.1);
    search.place({
      weights: { w: tensor1d(w as number[]) },
      valWeights: { w: tensor1d(y as number[]) },
      alpha: { alpha: tensor2d(alpha as number[], [2, 1]) },
    });
    for (let step = 0; step < 20; step++) search.step();
    expect(distance(point(), [...w, ...y, ...alpha])).toBeLessThan(1e-4);
  });
  it.each([
    [0, 4],
    [1, 2],
  ])("reuse = %d makes %d passes", (reuseGradients, passes) => {
    let count = 0;
    const problem = quadraticProblem(drawQuadratic(1));
    const counted: typeof problem = {
      ...problem,
      lossAndGrad(...question) {
        count++;
        return problem.lossAndGrad(...question);
      },
    };
    using search = stepper(rarts, counted, { hyper: { reuseGradients } });
    search.step();
    expect(count).toBe(passes);
  });
});

describe("the second weights", () => {
  const q = drawQuadratic(1);
  it("reports ‖y − w‖ and ½β‖y − w‖²", () => {
    using search = stepper(rarts, quadraticProblem(q), {
      hyper: { beta: 6 },
      weights: plainSgd(0.01),
    });
    const { report } = search.step();
    const { weights, valWeights } = search.state;
    const gap = length(
      combine(1, numbersOf(weights)["w"] as Vector, -1, numbersOf(valWeights)["w"] as Vector),
    );
    expect(gap).toBeGreaterThan(0);
    expect(report["distance"]?.[0]).toBeCloseTo(gap, 5);
    expect(report["penalty"]?.[0]).toBeCloseTo(3 * gap ** 2, 5);
  });
  it("clips the loss's gradient, not the spring", () => {
    const far = q.w.map((x) => x + 100);
    using search = stepper(rarts, quadraticProblem(q), {
      hyper: { beta: 1 },
      weights: { ...plainSgd(0.1), clip: 1e-6 },
    });
    search.place({ valWeights: { w: tensor1d(far) } });
    search.step();
    const w = numbersOf(search.state.weights)["w"] as Vector;
    for (const [i, start] of q.w.entries()) expect(w[i]).toBeCloseTo(start + 10, 3);
  });
  it("have an optimiser's memory of their own", () => {
    using search = stepper(rarts, quadraticProblem(q), {
      weights: { ...plainSgd(0.01), momentum: 0.9 },
    });
    search.step();
    const { weightsState, valWeightsState } = search.state;
    const [v, u] = [weightsState, valWeightsState].map(
      ({ velocity }) => numbersOf(velocity as Params)["w"] as Vector,
    ) as [Vector, Vector];
    const { trainByW, valByW } = gradientsAt(q, q.w, q.alpha);
    expect(distance(v, trainByW)).toBeLessThan(1e-4);
    // y's spring, of strength 1, already sees the new w
    expect(distance(u, combine(1, valByW, 0.01, trainByW))).toBeLessThan(1e-4);
  });
  it("begin as a copy of w, or drawn anew", () => {
    const problem = quadraticProblem(q);
    const drawn = {
      ...problem,
      initWeights: (rng: { normal(n: number): Float32Array }) => ({ w: tensor1d(rng.normal(5)) }),
    };
    for (const freshY of [0, 1]) {
      using search = stepper(rarts, drawn, { hyper: { freshY } });
      const { weights, valWeights } = search.state;
      const apart = distance(
        numbersOf(weights)["w"] as Vector,
        numbersOf(valWeights)["w"] as Vector,
      );
      if (freshY) expect(apart).toBeGreaterThan(0.1);
      else expect(apart).toBe(0);
    }
  });
});

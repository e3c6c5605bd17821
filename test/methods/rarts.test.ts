/** @file RARTS against algebra: its limits on the solvable model, and the hypergradient that it finds without second derivatives. */
import { tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import type { Params } from "../../src/engine/core/params.ts";
import { milenas } from "../../src/engine/methods/milenas.ts";
import { rarts } from "../../src/engine/methods/rarts.ts";
import type { Hyper } from "../../src/protocol/spec.ts";
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
import { toyProblem } from "../support/toy-problem.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

/** α, w, y on the toy after `steps`, and the Lagrangian before each step. */
function onToy(hyper: Hyper, [wRate, alphaRate]: readonly [number, number], steps: number) {
  const rates = { weights: plainSgd(wRate), alpha: plainSgd(alphaRate) };
  using search = stepper(rarts, toyProblem, { hyper, ...rates, steps });
  const { lambda = 1, beta = 1 } = hyper;
  const lagrangians: number[] = [];
  const point = () => {
    const { weights, valWeights, alpha } = search.state;
    const [w, y, a] = [weights["w"], valWeights["w"], alpha["alpha"]].map((t) => t?.dataSync()[0]);
    return { alpha: a as number, w: w as number, y: y as number };
  };
  for (let step = 0; step < steps; step++) {
    const { alpha, w, y } = point();
    lagrangians.push(
      alpha * y - 2 * alpha + 1 + lambda * (w - alpha) ** 2 + (beta / 2) * (y - w) ** 2,
    );
    search.step();
  }
  return { ...point(), lagrangians };
}
const same = (rate: number) => [rate, rate] as const;

describe("the solvable model", () => {
  it.each([
    [1, 1, 0.3, 100, 4, 2, -2],
    [1, 2, 0.3, 60, 2, 1, 0],
    [1, 10, 0.15, 60, 10 / 7, 0.7143, 0.5714],
    [10, 1, 0.08, 120, 2.1053, 2, -0.1053],
    [10, 10, 0.09, 80, 40 / 37, 38 / 37, 34 / 37],
    [10, 20, 0.07, 120, 1.0526, 1, 0.9474],
    [100, 10, 0.0095, 800, 1.0554, 1.0501, 0.9446],
    [10, 100, 0.02, 300, 1.0309, 0.9794, 0.9691],
    [100, 100, 0.0095, 200, 1.0076, 1.0025, 0.9924],
  ])("λ = %d, β = %d ends where algebra says", (lambda, beta, rate, steps, alpha, w, y) => {
    const end = onToy({ lambda, beta }, same(rate), steps);
    expect(end.alpha).toBeCloseTo(alpha, 3);
    expect(end.w).toBeCloseTo(w, 3);
    expect(end.y).toBeCloseTo(y, 3);
  });
  it("λ = β = 10 with η = 0.01 is where it should be after 200 and 1000 steps", () => {
    const early = onToy({ lambda: 10, beta: 10 }, same(0.01), 200);
    for (const [key, value] of Object.entries({ alpha: 0.729, w: 0.668, y: 0.573 }))
      expect(early[key as "w"]).toBeCloseTo(value, 3);
    const late = onToy({ lambda: 10, beta: 10 }, same(0.01), 1000);
    for (const [key, value] of Object.entries({ alpha: 1.0801, w: 1.026, y: 0.918 }))
      expect(late[key as "w"]).toBeCloseTo(value, 3);
  });
  it.each([
    [1, 1, 1.0],
    [1, 2, 0.75],
    [1, 10, 0.189],
    [10, 10, 0.0967],
  ])(
    "λ = %d, β = %d converges just below η = %d and diverges just above",
    (lambda, beta, limit) => {
      const star = (4 * lambda * beta) / (4 * lambda * beta - 2 * lambda - beta);
      const off = (rate: number) =>
        Math.abs(onToy({ lambda, beta }, same(rate), 200).alpha / star - 1);
      expect(off(0.95 * limit)).toBeLessThan(0.01);
      expect(off(1.05 * limit)).toBeGreaterThan(10);
    },
  );
  it.each([
    [0.5, 0.5],
    [0.5, 0.9],
  ])("diverges at every rate where 4λβ < 2λ + β: λ = %d, β = %d", (lambda, beta) => {
    for (const rate of [0.05, 0.2])
      expect(Math.abs(onToy({ lambda, beta }, same(rate), 400).alpha)).toBeGreaterThan(20);
  });
  it.each([
    [1, 2],
    [10, 10],
  ])("the Lagrangian falls at every step below 2 / H_ii: λ = %d, β = %d", (lambda, beta) => {
    const rates = [1.9 / (2 * lambda + beta), 1.9 / (2 * lambda)] as const;
    const { lagrangians } = onToy({ lambda, beta }, rates, 60);
    const fell = lagrangians.slice(1).map((now, i) => (lagrangians[i] as number) - now);
    for (const drop of fell) expect(drop).toBeGreaterThan(-1e-5);
    expect(fell[0]).toBeGreaterThan(0.1);
  });
  it("comes closer to (1, 1) each time that λ and β double", () => {
    const end = onToy({ lambda: 10, beta: 20, doubleEvery: 300 }, same(0.012), 900);
    expect(end.alpha).toBeCloseTo(1.012658, 4); // λ = 40, β = 80
    expect(end.w).toBeCloseTo(1, 4);
    expect(end.y).toBeCloseTo(1 - 0.012658, 4);
  });
  it("without y and its spring, MiLeNAS ends at (2, 2) for every λ", () => {
    for (const [lambda, rate] of [
      [0.3, 0.3],
      [1, 0.1],
      [10, 0.02],
    ] as const) {
      const rates = { weights: plainSgd(0.1), alpha: plainSgd(rate) };
      using search = stepper(milenas, toyProblem, { hyper: { lambda }, ...rates });
      for (let step = 0; step < 600; step++) search.step();
      expect(search.state.alpha["alpha"]?.dataSync()[0]).toBeCloseTo(2, 3);
      expect(search.state.weights["w"]?.dataSync()[0]).toBeCloseTo(2, 3);
    }
  });
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
  it("has the same limit on the toy, on a way of its own", () => {
    const hyper = { lambda: 10, beta: 10 };
    const [four, two] = [0, 1].map((reuseGradients) =>
      onToy({ ...hyper, reuseGradients }, same(0.03), 400),
    );
    expect(two?.alpha).toBeCloseTo(40 / 37, 3);
    expect(two?.y).toBeCloseTo(34 / 37, 3);
    expect(two?.lagrangians[5]).not.toBeCloseTo(four?.lagrangians[5] as number, 3);
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

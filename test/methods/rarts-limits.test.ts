/** @file RARTS on the solvable model, against algebra: where it ends, at which rates, and what its Lagrangian does. */
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { milenas } from "../../src/engine/methods/milenas.ts";
import { rarts } from "../../src/engine/methods/rarts.ts";
import type { Hyper } from "../../src/protocol/spec.ts";
import { stepper } from "../support/probe-step.ts";
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
  it("reused gradients end where four passes do, on a way of their own", () => {
    const hyper = { lambda: 10, beta: 10 };
    const [four, two] = [0, 1].map((reuseGradients) =>
      onToy({ ...hyper, reuseGradients }, same(0.03), 400),
    );
    expect(two?.alpha).toBeCloseTo(40 / 37, 3);
    expect(two?.y).toBeCloseTo(34 / 37, 3);
    expect(two?.lagrangians[5]).not.toBeCloseTo(four?.lagrangians[5] as number, 3);
  });
});

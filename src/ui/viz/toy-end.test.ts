/** @file The rings against their closed forms and published numbers; test/toy-laws.test.ts compares them with the engine. */
import { describe, expect, it } from "vitest";
import type { SgdSpec } from "../../protocol/spec.ts";
import { toyEnd } from "./toy-end.ts";
import { fixedPoint, predict, spectralRadius, toyMap } from "./toy-map.ts";
import { startAt, type ToyRules, toyStepper } from "./toy-step.ts";

const plain: SgdSpec = { kind: "sgd", lr: 0.1, lrFloor: 0.1, momentum: 0, decay: 0, clip: 0 };
/** With plain gradient descent, at rate 0.1 unless others are given. */
const rules = (
  method: string,
  hyper: ToyRules["hyper"],
  weights: SgdSpec = plain,
  alpha = weights,
): ToyRules => ({ method, hyper, optimizers: { weights, alpha } });
const end = (...given: Parameters<typeof rules>) => toyEnd(rules(...given));
const at = (lr: number): SgdSpec => ({ ...plain, lr, lrFloor: lr });
const radius = (...given: Parameters<typeof rules>): number => {
  const map = toyMap(rules(...given));
  if (typeof map === "string") throw new Error(map);
  return spectralRadius(map);
};

it.each([0, 0.1, 0.25, 0.5, 0.7, 1])("DARTS with ξ = %d ends at α = w = 2 / (1 + 2ξ)", (xi) => {
  const limit = 2 / (1 + 2 * xi);
  expect(end("darts", { xi })).toMatchObject({
    kind: "point",
    alpha: expect.closeTo(limit, 9),
    w: expect.closeTo(limit, 9),
  });
});

it.each([
  [1, 1, 4, 2, -2],
  [1, 2, 2, 1, 0],
  [1, 10, 10 / 7, 0.7142857, 0.5714286],
  [10, 1, 2.1052632, 2, -0.1052632],
  [10, 10, 40 / 37, 38 / 37, 34 / 37],
  [10, 20, 1.0526316, 1, 0.9473684],
  [100, 100, 1.0075567, 1.0025189, 0.9924433],
])("RARTS with λ = %d, β = %d ends at α = %d, w = %d, y = %d", (lambda, beta, alpha, w, y) => {
  expect(end("rarts", { lambda, beta })).toMatchObject({
    kind: "point",
    alpha: expect.closeTo(alpha, 6),
    w: expect.closeTo(w, 6),
    y: expect.closeTo(y, 6),
  });
});

it.each([
  ["darts", { xi: 0.3 }, 0.1],
  ["milenas", { lambda: 2 }, 0.1],
  ["rarts", { lambda: 10, beta: 20 }, 0.02],
] as const)(
  "%s: five thousand plain steps come within a millionth of the ring",
  (method, hyper, lr) => {
    const given = rules(method, hyper, at(lr));
    const step = toyStepper(given);
    if (typeof step === "string") throw new Error(step);
    let last = startAt(2, -2);
    for (let k = 0; k < 5000; k++) last = step(last, { step: k, of: 5000 });
    expect(end(method, hyper, at(lr))).toMatchObject({
      alpha: expect.closeTo(last.alpha, 6),
      w: expect.closeTo(last.w, 6),
    });
  },
);

describe("the largest common rate, as known", () => {
  it.each([
    ["darts", { xi: 0 }, Math.sqrt(3) - 1],
    ["darts", { xi: 0.5 }, 1],
    ["darts", { xi: 1 }, 0.75],
    ["rarts", { lambda: 1, beta: 1 }, 1],
    ["rarts", { lambda: 1, beta: 2 }, 0.75],
    ["rarts", { lambda: 10, beta: 10 }, 0.0967],
    ["rarts", { lambda: 10, beta: 20 }, 0.0744],
  ] as const)("%s %j: %d", (method, hyper, limit) => {
    expect(radius(method, hyper, at(limit * 0.995))).toBeLessThan(1);
    expect(radius(method, hyper, at(limit * 1.005))).toBeGreaterThan(1);
  });
  it("a spiral's radius is the modulus of its complex pair", () => {
    expect(radius("darts", { xi: 0 })).toBeCloseTo(Math.sqrt(0.8), 5);
    expect(radius("darts", { xi: 0.5 })).toBeCloseTo(0.8, 5);
  });
});

describe("no finite end", () => {
  it.each([
    [0.5, 1],
    [1, 2 / 3],
    [0.5, 0.5],
  ])("for RARTS with λ = %d, β = %d: a saddle", (lambda, beta) => {
    expect(end("rarts", { lambda, beta })).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("saddle"),
    });
  });
  it.each([
    ["edas", "needs edges to choose on"],
    ["random", "no closed form for random"],
    ["darts", "ξ is not given"],
    ["rarts", "λ and β are not given"],
    ["milenas", "λ is not given"],
  ])("for %s: %s", (method, reason) => {
    expect(end(method, {})).toEqual({ kind: "none", reason });
  });
});

describe("settings that move the end", () => {
  const none = (reason: string) => ({ kind: "none", reason: expect.stringContaining(reason) });
  it("MiLeNAS ends where first-order DARTS does", () => {
    const two = expect.closeTo(2, 9);
    expect(end("milenas", { lambda: 3 })).toMatchObject({ kind: "point", alpha: two, w: two });
  });
  it("a tied ξ is w's rate, as long as that stays", () => {
    expect(end("darts", { xi: 0, tied: 1 })).toEqual(end("darts", { xi: 0.1 }));
    expect(end("darts", { xi: 0, tied: 1 }, { ...plain, lrFloor: 0 })).toEqual(
      none("falling rate"),
    );
  });
  it("no ring is drawn while λ and β double", () => {
    expect(end("rarts", { lambda: 10, beta: 10, doubleEvery: 100 })).toEqual(none("doubling"));
  });
  it("momentum leaves the ring where it is, decay does not", () => {
    const still = end("rarts", { lambda: 10, beta: 10 }, at(0.02));
    const pushed = end("rarts", { lambda: 10, beta: 10 }, { ...at(0.02), momentum: 0.5 });
    if (still.kind === "none" || pushed.kind === "none") throw new Error("both have an end");
    expect(pushed.alpha).toBeCloseTo(still.alpha, 9);
    expect(end("darts", { xi: 0 }, { ...plain, decay: 0.1 })).not.toMatchObject({
      alpha: expect.closeTo(2, 2),
    });
  });
  it("clipping changes no fixed point", () => {
    const map = toyMap(rules("darts", { xi: 0.2 }, { ...plain, clip: 0.01 }));
    if (typeof map === "string") throw new Error(map);
    expect(fixedPoint(map)?.alpha).toBeCloseTo(2 / 1.4, 9);
  });
});

it("a predicted path ends at rest, or where it is far away", () => {
  const path = (lr: number) => {
    const step = toyStepper(rules("darts", { xi: 0 }, at(lr)));
    if (typeof step === "string") throw new Error(step);
    return predict(step, startAt(2, -2), { step: 0, of: 1000 }, 1000);
  };
  expect(path(0.1).length).toBeLessThan(300);
  expect(path(0.1).at(-1)?.alpha).toBeCloseTo(2, 3);
  expect(Math.abs(path(0.9).at(-1)?.alpha ?? 0)).toBeGreaterThan(10);
  expect(path(0.9).length).toBeLessThan(300);
});

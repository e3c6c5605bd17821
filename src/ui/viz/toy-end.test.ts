/** @file The closed forms against their published numbers and against the iterations themselves. */
import { describe, expect, it } from "vitest";
import type { OptimizerSpec } from "../../protocol/spec.ts";
import { toyEnd } from "./toy-end.ts";

const plain: OptimizerSpec = { kind: "sgd", lr: 0.1, lrFloor: 0.1, momentum: 0, decay: 0, clip: 0 };
/** With plain gradient descent. */
const end = (method: string, hyper: Readonly<Record<string, number>>) =>
  toyEnd(method, hyper, { weights: plain, alpha: plain });

it.each([
  [0, 2],
  [0.1, 5 / 3],
  [0.25, 4 / 3],
  [0.5, 1],
  [1, 2 / 3],
])("DARTS with ξ = %d ends at α = w = %d, where its steps lead", (xi, limit) => {
  let [alpha, w] = [2, -2];
  for (let i = 0; i < 5000; i++) {
    const unrolled = w - 2 * xi * (w - alpha);
    alpha -= 0.1 * (unrolled - 2 + 2 * xi * alpha);
    w -= 0.2 * (w - alpha);
  }
  const ring = end("darts", { xi });
  expect(ring).toEqual({
    kind: "point",
    alpha: expect.closeTo(limit, 12),
    w: expect.closeTo(limit, 12),
  });
  expect(ring).toEqual({ kind: "point", alpha: expect.closeTo(alpha, 6), w: expect.closeTo(w, 6) });
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
  expect(end("rarts", { lambda, beta })).toEqual({
    kind: "point",
    alpha: expect.closeTo(alpha, 6),
    w: expect.closeTo(w, 6),
    y: expect.closeTo(y, 6),
  });
});

it("is where RARTS's own steps lead", () => {
  const [lambda, beta, rate] = [10, 20, 0.02];
  let [alpha, w, y] = [2, -2, -2];
  for (let i = 0; i < 5000; i++) {
    w -= rate * (2 * lambda * (w - alpha) + beta * (w - y));
    y -= rate * (alpha + beta * (y - w));
    alpha -= rate * (2 * lambda * (alpha - w) + y - 2);
  }
  expect(end("rarts", { lambda, beta })).toEqual({
    kind: "point",
    alpha: expect.closeTo(alpha, 6),
    w: expect.closeTo(w, 6),
    y: expect.closeTo(y, 6),
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
  ])("for %s: %s", (method, reason) => {
    expect(end(method, {})).toEqual({ kind: "none", reason });
  });
});

describe("settings that move the end", () => {
  const none = (reason: string) => ({ kind: "none", reason: expect.stringContaining(reason) });
  it("MiLeNAS ends where first-order DARTS does", () => {
    expect(end("milenas", { lambda: 3 })).toEqual({ kind: "point", alpha: 2, w: 2 });
  });
  it("a tied ξ is w's rate, as long as that stays", () => {
    expect(end("darts", { xi: 0, tied: 1 })).toEqual(end("darts", { xi: 0.1 }));
    const falling = { ...plain, lrFloor: 0 };
    expect(toyEnd("darts", { xi: 0, tied: 1 }, { weights: falling, alpha: plain })).toEqual(
      none("falling rate"),
    );
  });
  it("no ring is drawn where decay or doubling would make it false", () => {
    const decayed = { ...plain, decay: 0.1 };
    expect(toyEnd("darts", { xi: 0 }, { weights: decayed, alpha: plain })).toEqual(none("decay"));
    expect(end("rarts", { lambda: 10, beta: 10, doubleEvery: 100 })).toEqual(none("doubling"));
  });
});

/** @file Long series, axis ranges and trails: nothing that matters is lost when they are thinned. */
import { describe, expect, it } from "vitest";
import { decimate, thinTrail } from "./decimate.ts";
import { roundLogRange, roundRange, roundUp } from "./domain.ts";
import { laneDashes } from "./lane-style.ts";
import { farthest, neighbours, planeDomain, pointNow, statesOf } from "./plane.ts";
import { predict } from "./toy-map.ts";
import { startAt, toyStepper } from "./toy-step.ts";

describe("decimation", () => {
  const values = Array.from({ length: 10_000 }, (_, i) => Math.sin(i / 7) + ((i * 37) % 101) / 50);
  it("keeps every pixel's smallest and largest value in at most one column a pixel", () => {
    const [columns, ...more] = decimate(
      10_000,
      (i) => i / 40,
      (i) => values[i]!,
    );
    expect(more).toEqual([]);
    expect(columns).toHaveLength(250);
    for (const [pixel, column] of columns!.entries()) {
      const here = values.slice(pixel * 40, pixel * 40 + 40);
      expect(column.min).toBe(Math.min(...here));
      expect(column.max).toBe(Math.max(...here));
      expect(column.mean).toBeCloseTo(here.reduce((a, b) => a + b) / 40, 9);
      expect(Math.floor(column.x)).toBe(pixel);
    }
  });
  it("leaves a sparse series as it is", () => {
    const [columns] = decimate(
      3,
      (i) => i * 10,
      (i) => values[i]!,
    );
    expect(columns).toEqual(
      [0, 1, 2].map((i) => ({ x: i * 10, min: values[i], max: values[i], mean: values[i] })),
    );
  });
  it("breaks where a value is not finite", () => {
    const broken = [1, 2, Number.NaN, 3, Number.POSITIVE_INFINITY, 4];
    const stretches = decimate(
      broken.length,
      (i) => i,
      (i) => broken[i]!,
    );
    expect(stretches.map((s) => s.map((c) => c.mean))).toEqual([[1, 2], [3], [4]]);
    expect(
      decimate(
        0,
        (i) => i,
        (i) => i,
      ),
    ).toEqual([]);
  });
});

it("thins a trail but keeps its ends", () => {
  const points = [0, 0.2, 0.9, 1.4, 3, 3.1].map((x) => ({ x, y: 0 }));
  expect(thinTrail(points, 1).map((p) => p.x)).toEqual([0, 1.4, 3, 3.1]);
});

describe("axis ranges", () => {
  it.each([
    [0, 10],
    [10, 10],
    [11, 12.5],
    [300, 300],
    [301, 400],
    [9_999, 10_000],
  ])("of %d steps end at %d", (step, end) => expect(roundUp(step)).toBe(end));
  it.each([
    [1.83, 2.31, [1.8, 2.4]],
    [-7, 16, [-10, 20]],
    [2.5, 2.5, [2.2, 2.8]],
  ])("hold %d to %d", (low, high, range) => {
    const [a, b] = roundRange(low, high);
    expect(a).toBeLessThanOrEqual(low);
    expect(b).toBeGreaterThanOrEqual(high);
    expect([a, b]).toEqual(range);
  });
  it("of logarithms are 1, 2 or 5 times a power of ten", () => {
    expect(roundLogRange(0.031, 2.3)).toEqual([0.02, 5]);
    expect(roundLogRange(2, 2)).toEqual([2, 4]);
  });
});

it("gives every lane its method's dash, or a free one", () => {
  expect(laneDashes(["R", "D2"])).toEqual([[], [8, 3, 2, 3]]);
  expect(laneDashes(["D1", "D1", "X"])).toEqual([[8, 4], [], [8, 3, 2, 3]]);
});

describe("the phase plane", () => {
  const start = { alpha: 2, w: -2 };
  it("shows start, optimum, ends and trails", () => {
    const { alpha, w } = planeDomain(start, [[{ alpha: 4, w: 2 }], [{ alpha: -0.2, w: 3 }]]);
    expect([alpha[0] <= -0.2, alpha[1] >= 4, w[0] <= -2, w[1] >= 3]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
  it("does not follow a trail that diverges", () => {
    const { alpha, w } = planeDomain(start, [[{ alpha: 1e30, w: -1e30 }]]);
    expect(alpha[1]).toBeLessThan(1.5 * farthest);
    expect(w[0]).toBeGreaterThan(-1.5 * farthest);
  });
  it("knows where a run stands, and what momentum carries on", () => {
    const at = (lr: number) =>
      ({ kind: "sgd", lr, lrFloor: lr, momentum: 0.5, decay: 0.1, clip: 0 }) as const;
    const rules = {
      method: "rarts",
      hyper: { lambda: 2, beta: 3 },
      optimizers: { weights: at(0.05), alpha: at(0.1) },
    };
    const step = toyStepper(rules);
    if (typeof step === "string") throw new Error(step);
    const path = predict(step, startAt(start.alpha, start.w), { step: 0, of: 100 }, 8);
    const records = path.slice(1).map(({ alpha, w, y }, step) => ({
      step,
      trainLoss: 0,
      valLoss: 0,
      values: { alpha, w, y },
    }));
    const { velocity, ...now } = pointNow(records, start, rules, 100);
    const last = path.at(-1);
    expect(now).toEqual({ alpha: last?.alpha, w: last?.w, y: last?.y });
    for (const [i, v] of velocity.entries()) expect(v).toBeCloseTo(last?.velocity[i] ?? 9, 9);
    expect(pointNow([], start, rules, 100)).toEqual(startAt(2, -2));
  });
  it("reads states from records and skips what is not finite", () => {
    const record = (step: number, values?: Record<string, number>) => ({
      step,
      trainLoss: 0,
      valLoss: 0,
      ...(values && { values }),
    });
    expect(
      statesOf([record(1, { alpha: 1, w: 2 }), record(2), record(3, { alpha: Number.NaN, w: 1 })]),
    ).toEqual([{ alpha: 1, w: 2 }]);
  });
  it("gives marks that meet places side by side", () => {
    const places = neighbours(
      [
        { x: 0, y: 0 },
        { x: 50, y: 0 },
        { x: 3, y: 4 },
      ],
      5,
    );
    expect(places).toEqual([
      { place: 0, of: 2, first: 0 },
      { place: 0, of: 1, first: 1 },
      { place: 1, of: 2, first: 0 },
    ]);
  });
});

/** @file The page's budgets: what counts as met, and what fails the command. */
import { expect, it } from "vitest";
import type { Found } from "../bench/page-budgets/measure.ts";
import { judgePage, pageTable, quantile } from "../bench/page-budgets/report.ts";

const seen = { frames: [16, 17], longTasks: [60], inputs: [24], alpha: [20, 90], shift: 0.01 };
const found: Found = {
  ...{ browser: "1", toy: 700, play: seen, busy: seen, steps: 10, heapGrowth: 1e6 },
  offOrigin: [],
};
const sizes = { page: 139_000, engine: 100_000 };
const missed = (has: Partial<Found>, size = sizes) =>
  judgePage(size, { ...found, ...has })
    .filter(({ isMet }) => !isMet)
    .map(({ what, isGate }) => [what.split(",")[0], isGate]);

it("takes the smallest number that a share does not exceed", () => {
  expect(quantile([4, 1, 3, 2], 0.75)).toBe(3);
  expect(quantile([4, 1, 3, 2], 1)).toBe(4);
  expect(quantile([], 0.5)).toBe(0);
});

it("meets every budget or names the one that is missed, and fails only where no machine has a part", () => {
  expect(missed({})).toEqual([]);
  expect(missed({}, { page: 140_001, engine: 1 })).toEqual([["Scripts before the toy runs", true]]);
  expect(missed({ offOrigin: ["https://elsewhere.example/"] })).toEqual([
    ["Requests to other origins", true],
  ]);
  expect(missed({ toy: 1001 })).toEqual([["Toy's first step after navigation", false]]);
  expect(missed({ play: { ...seen, frames: [30, 30] } })).toEqual([
    ["Frames while two lanes play", false],
  ]);
});

it("counts inputs too fast to be reported among the forty", () => {
  expect(missed({ busy: { ...seen, inputs: Array<number>(10).fill(150) } })).toEqual([]);
  expect(missed({ busy: { ...seen, inputs: Array<number>(11).fill(150) } })).toEqual([
    ["Input to paint", false],
  ]);
});

it("prints a row a budget", () => {
  expect(pageTable(judgePage(sizes, found)).split("\n").length).toBe(2 + 11);
});

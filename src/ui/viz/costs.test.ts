/** @file What bursts counted comes out again as places on each axis. */
import { describe, expect, it } from "vitest";
import { type Cost, indexAt, medianMs, msPerStepOf, placesOn, withCosts } from "./costs.ts";

const record = (step: number) => ({ step, trainLoss: 1, valLoss: 1 });
const burst = (
  first: number,
  count: number,
  gradients: number,
  msPerStep: number,
  peakBytes = 2 ** 20,
) => ({
  records: Array.from({ length: count }, (_, i) => record(first + i)),
  msPerStep,
  spent: { gradients, forwards: count, peakBytes },
});
const two = (): readonly Cost[] =>
  withCosts(withCosts([], 0, burst(0, 2, 6, 10)), 2, burst(2, 2, 4, 30, 3 * 2 ** 20));

describe("costs", () => {
  it("add up what bursts counted, shared evenly within each", () => {
    expect(two().map(({ gradients }) => gradients)).toEqual([3, 6, 8, 10]);
    expect(two().map(({ ms }) => ms)).toEqual([10, 20, 50, 80]);
    expect(two().map(({ bytes }) => bytes / 2 ** 20)).toEqual([1, 1, 3, 3]);
  });
  it("stay empty where steps were not counted: what is not known is not made up", () => {
    expect(withCosts([], 5, burst(5, 2, 6, 10))).toEqual([]);
    const { spent: _, ...uncounted } = burst(0, 2, 6, 10);
    expect(withCosts([], 0, uncounted)).toEqual([]);
  });
  it("give each record its place on every axis", () => {
    const records = [0, 1, 2, 3].map(record);
    expect(placesOn("steps", records, [])).toEqual([0, 1, 2, 3]);
    expect(placesOn("gradients", records, two())).toEqual([3, 6, 8, 10]);
    expect(placesOn("seconds", records, two())).toEqual([0.01, 0.02, 0.05, 0.08]);
    expect(placesOn("memory", records, two())).toEqual([1, 1, 3, 3]);
    expect(placesOn("gradients", records, [])).toEqual([]);
  });
  it("give one figure of a step's time: the median of what is shown, or the last burst's where nothing was counted", () => {
    const records = [0, 1, 2, 3].map(record);
    const latest = { msPerStep: 99 };
    expect(msPerStepOf({ records, costs: two(), latest })).toBe(20);
    expect(msPerStepOf({ records: records.slice(0, 2), costs: two(), latest })).toBe(10);
    expect(msPerStepOf({ records, latest })).toBe(99);
    expect(msPerStepOf({ records: [], costs: [], latest })).toBeUndefined();
    expect(msPerStepOf(undefined)).toBeUndefined();
  });
  it("find the newest record up to a place, and none beyond the end", () => {
    const places = [3, 6, 8, 10];
    expect([2, 3, 7, 10, 11].map((x) => indexAt(places, x))).toEqual([
      undefined,
      0,
      1,
      3,
      undefined,
    ]);
  });
  it("take the median over the last steps", () => {
    expect(medianMs(two())).toBe(20);
    expect(medianMs(two(), 2)).toBe(30);
    expect(medianMs([])).toBeUndefined();
  });
});

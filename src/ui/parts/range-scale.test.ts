import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatValue, positionOf, positions, readTyped, valueAt } from "./range-scale.ts";

const lambda = { min: 0.01, max: 1000, scale: "log" } as const;
const xi = { min: 0, max: 1, scale: "linear" } as const;
const seed = { min: 0, max: 2 ** 32 - 1, scale: "integer" } as const;

describe("a slider", () => {
  it.each([lambda, xi])("reaches both ends of $scale exactly and never leaves them", (range) => {
    expect(valueAt(range, 0)).toBe(range.min);
    expect(valueAt(range, positions)).toBe(range.max);
    fc.assert(
      fc.property(fc.integer({ min: -5, max: positions + 5 }), (position) => {
        const value = valueAt(range, position);
        expect(value).toBeGreaterThanOrEqual(range.min);
        expect(value).toBeLessThanOrEqual(range.max);
        if (position >= 0 && position <= positions)
          expect(Math.abs(positionOf(range, value) - position)).toBeLessThanOrEqual(10);
      }),
    );
  });
  it("gives values a person would type", () => {
    expect(valueAt(xi, 500)).toBe(0.5);
    expect(valueAt(lambda, 600)).toBe(10);
  });
});

describe("a value in its field", () => {
  it("can be read back, a seed to its last digit", () => {
    for (const value of [0, 4_294_967_295, 123_456_789, -2])
      expect(Number(formatValue(value))).toBe(value);
    expect(formatValue(Math.fround(0.1))).toBe("0.1");
  });
});

describe("a typed number", () => {
  it("is taken as it is when allowed, with a point or a comma, and either minus", () => {
    expect(readTyped(xi, "0.25")).toEqual({ value: 0.25 });
    expect(readTyped(xi, " 0,25 ")).toEqual({ value: 0.25 });
    expect(readTyped({ min: -2, max: 2, scale: "linear" }, "−1.5")).toEqual({ value: -1.5 });
  });
  it("is clamped with the allowed range named", () => {
    expect(readTyped(xi, "9")).toEqual({ value: 1, note: "9 is outside 0 to 1: set to 1." });
    expect(readTyped(lambda, "0").note).toContain("0.01 to 1,000");
    expect(readTyped(seed, "-4").value).toBe(0);
  });
  it("is rounded where only whole numbers count", () => {
    expect(readTyped(seed, "2.4")).toEqual({
      value: 2,
      note: "2.4 is not a whole number: set to 2.",
    });
  });
  it.each(["", "abc", "NaN", "Infinity", "1e999"])("%j is no number, and says so", (text) => {
    const typed = readTyped(xi, text);
    expect(typed.value).toBeUndefined();
    expect(typed.note).toContain("Allowed: 0 to 1");
  });
});

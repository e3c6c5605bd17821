/** @file Shades of α keep their order, and tell apart what a search tells apart at its start. */
import { describe, expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { inkKey, inkOf } from "./ink.ts";

const group = (ops: number, kind: AlphaGroup["kind"] = "choice"): AlphaGroup => ({
  ...cellGroup(2, 3, Array(ops).fill("op")),
  kind,
});

describe.each([group(1, "gate"), group(2), group(3), group(8)])("ink of $ops.length ops", (g) => {
  it("goes from none to all with the weight, and never turns back", () => {
    const inks = Array.from({ length: 101 }, (_, i) => inkOf(g, i / 100));
    expect(inks[0]).toBe(0);
    expect(inks[100]).toBeCloseTo(1, 12);
    expect(inks).toEqual([...inks].sort((a, b) => a - b));
    expect([inkOf(g, -1), inkOf(g, 2)]).toEqual([inks[0], inks[100]]);
  });
  it("has a key from 0 to 1", () => {
    expect(inkKey(g)).toHaveLength(5);
    expect([inkKey(g)[0], inkKey(g)[4]]).toEqual([0, 1]);
  });
});

it("gives an even share half of it, and a tenth more than even a visible step", () => {
  expect(inkOf(group(8), 1 / 8)).toBeCloseTo(0.5, 1);
  expect(inkOf(group(8), 1.1 / 8) - inkOf(group(8), 1 / 8)).toBeGreaterThan(0.04);
});

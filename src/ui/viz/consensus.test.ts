/** @file The consensus of one seed is its genotype; of several, what most decide, with its interval. */
import { describe, expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import { softmaxRows } from "../../genotype/softmax.ts";
import { alphaOfShares, consensusOf, keptByMost, wilson } from "./consensus.ts";

const cell = cellGroup(2, 4);
const group = { ...cell, edges: cell.edges.slice(0, 3) };
const sep = { from: 0, to: 2, op: "sep_conv_3x3" };
const skip = { from: 0, to: 2, op: "skip_connect" };
const other = { from: 1, to: 2, op: "skip_connect" };

describe("the consensus", () => {
  it("of one seed is its genotype, with full shares", () => {
    const one = consensusOf(group, [[sep, other]]);
    expect(keptByMost(group, one)).toEqual([sep, other]);
    expect([...one.shares]).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0]);
    expect(one.agreement).toBe(1);
  });
  it("of several is what most decide, edge by edge", () => {
    const three = consensusOf(group, [[sep, other], [sep], [skip, other]]);
    expect(keptByMost(group, three)).toEqual([sep, other]);
    expect(three.edges.map(({ votes }) => votes)).toEqual([2, 2, 3]);
    expect(three.agreement).toBeCloseTo(7 / 9);
    expect([...three.shares.slice(0, 3)].map((x) => Math.round(3 * x))).toEqual([0, 1, 2]);
  });
  it("is drawn by α with the same shares", () => {
    const { shares } = consensusOf(group, [[sep], [skip]]);
    const drawn = softmaxRows(alphaOfShares(shares), 3);
    for (const [i, share] of shares.entries()) expect(drawn[i]).toBeCloseTo(share, 4);
  });
});

it("gives Wilson's interval", () => {
  // 8 of 10 at z = 1.96, as tabulated: 0.490 … 0.943.
  const [low, high] = wilson(8, 10);
  expect(low).toBeCloseTo(0.4902, 3);
  expect(high).toBeCloseTo(0.9433, 3);
  expect(wilson(0, 5)[0]).toBe(0);
  expect(wilson(0, 0)).toEqual([0, 1]);
});

/** @file Rules of derivation against each other, and what is measured of α. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellGroup } from "../../test/support/groups.ts";
import { argmaxRule, type DeriveRule, dartsRule, deriveEdges } from "./derive.ts";
import { agreement, countOps, measureAlpha } from "./measures.ts";
import { softmaxRows } from "./softmax.ts";

const ops = ["none", "skip_connect", "conv"];
const group = cellGroup(2, 3, ops);
const first = (rows: readonly (readonly number[])[], rule: Partial<DeriveRule>) =>
  deriveEdges(group, rows.flat(), { ...dartsRule(1), ...rule })[0];

describe("deriveEdges", () => {
  // Edge 0 is nearly all `none`, yet what little is left is one candidate; edge 1 is undecided between two.
  const hollow = [
    [4, -9, 2],
    [0, 1, 1.2],
  ];
  it("ranks by what would be kept in DARTS, where a strong none weakens an edge", () => {
    expect(first(hollow, {})).toEqual({ edge: 1, op: 2 });
  });
  it("forgets none where shares are renormalised without it", () => {
    expect(first(hollow, { none: "renormalised" })).toEqual({ edge: 0, op: 2 });
  });
  it("may keep none, or rank by it", () => {
    expect(first(hollow, { none: "allowed" })).toEqual({ edge: 0, op: 0 });
    expect(first(hollow, { strength: "largest" })).toEqual({ edge: 0, op: 2 });
    expect(first(hollow, { strength: "some" })).toEqual({ edge: 1, op: 2 });
  });
  it("ranks by margin and by entropy", () => {
    const rows = [
      [-1, 2, 1.9], // two rivals
      [1, 0.9, 1.6], // one leader, lower share
    ];
    expect(first(rows, {})).toEqual({ edge: 0, op: 1 });
    expect(first(rows, { strength: "margin" })).toEqual({ edge: 1, op: 2 });
    expect(first(rows, { strength: "entropy" })?.edge).toBe(0);
  });
  it("drops what is below the threshold", () => {
    expect(deriveEdges(group, hollow.flat(), { ...dartsRule(2), threshold: 0.3 })).toEqual([
      { edge: 1, op: 2 },
    ]);
    expect(deriveEdges(group, hollow.flat(), { ...dartsRule(2), threshold: 0.9 })).toEqual([]);
  });
  it("takes every edge's largest α, in the edges' order, as NAS-Bench-201 does", () => {
    expect(deriveEdges(group, hollow.flat(), argmaxRule)).toEqual([
      { edge: 0, op: 0 },
      { edge: 1, op: 2 },
    ]);
  });
  it("refuses a group with nothing to keep", () => {
    const empty = { ...group, ops: ["none"] };
    expect(() => deriveEdges(empty, [0, 0], dartsRule(1))).toThrow("no candidate to keep");
  });
  it("keeps at most so many edges a node by any rule, each of them once", () => {
    const rule = fc.record({
      keep: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
      strength: fc.constantFrom("kept", "largest", "some", "margin", "entropy"),
      none: fc.constantFrom("never", "renormalised", "allowed"),
      threshold: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const alpha = fc.array(fc.float({ noNaN: true, min: -50, max: 50 }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(rule, alpha, (r, a) => {
        const kept = deriveEdges(group, a, r as DeriveRule);
        expect(kept.length).toBeLessThanOrEqual(r.keep);
        expect(new Set(kept.map(({ edge }) => edge)).size).toBe(kept.length);
        if (r.none !== "allowed") expect(kept.map(({ op }) => op)).not.toContain(0);
      }),
    );
  });
});

describe("measures of α", () => {
  it("know equal shares and a decision", () => {
    const even = measureAlpha(group, [0, 0, 0, 5, 5, 5]);
    expect(even.entropy).toBeCloseTo(Math.log(3), 12);
    expect(even.relativeEntropy).toBeCloseTo(1, 12);
    expect(even.noneMass).toBeCloseTo(1 / 3, 12);
    const decided = measureAlpha(group, [60, 0, 0, 0, 60, 0]);
    expect(decided.entropy).toBeCloseTo(0, 12);
    expect(decided).toMatchObject({ noneMass: 0.5, skipMass: 0.5 });
  });
  it("give shares that sum to 1, for masked candidates too", () => {
    const masked = Number.NEGATIVE_INFINITY;
    expect([...softmaxRows([masked, 0, 0, masked, masked, masked], 3)]).toEqual([
      ...[0, 0.5, 0.5],
      ...[1 / 3, 1 / 3, 1 / 3],
    ]);
  });
  it("count operations, and edges that two genotypes share", () => {
    const [a, b, c] = [
      { from: 0, to: 2, op: "conv" },
      { from: 1, to: 2, op: "conv" },
      { from: 1, to: 2, op: "skip_connect" },
    ];
    expect(countOps([a, b, c] as never, ops)).toEqual([0, 1, 2]);
    const of = (...edges: unknown[]) => ({ groups: { normal: edges as never } });
    expect(agreement(of(a, b), of(b, a))).toBe(1);
    expect(agreement(of(a, b), of(a, c))).toBeCloseTo(1 / 3);
    expect(agreement(of(), of())).toBe(1);
    expect(agreement(of(a), { groups: { reduce: [a] as never } })).toBe(0);
  });
});

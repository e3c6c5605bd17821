import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import { type Change, flipsIn, genotypeAt } from "./changes.ts";
import { ribbonOf, stretchesOf } from "./ribbon.ts";
import {
  alphaIn,
  appendTrace,
  beginTrace,
  cutTrace,
  rowAt,
  type Trace,
  thinTrace,
} from "./trace.ts";

/** α of two entries: the step's number and its half. */
const rowsFrom = (first: number, count: number) => ({
  a: Float32Array.from({ length: 2 * count }, (_, i) => (first + (i >> 1)) / (1 + (i % 2))),
});
const traceOf = (bursts: readonly number[]): Trace =>
  bursts.reduce(
    (trace, count) => {
      const first = (trace.steps[trace.length - 1] as number) + 1;
      return appendTrace(trace, first, count, rowsFrom(first, count));
    },
    beginTrace(0, rowsFrom(0, 1)),
  );
const stepsIn = (trace: Trace) => [...trace.steps.subarray(0, trace.length)];

describe("a trace", () => {
  it("holds every row as it came, however it came", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(70), { maxLength: 12 }), (bursts) => {
        const trace = traceOf(bursts);
        for (let row = 0; row < trace.length; row++) {
          expect(trace.steps[row]).toBe(row);
          expect([...(alphaIn(trace, "a", row) ?? [])]).toEqual([row, Math.fround(row / 2)]);
        }
      }),
    );
  });
  it("stays true when a longer one grows out of it, and when it is cut", () => {
    const short = traceOf([5]);
    const cut = cutTrace(short, 3);
    const long = appendTrace(short, 6, 2, rowsFrom(6, 2));
    expect(stepsIn(short)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(stepsIn(long)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const branch = appendTrace(cut, 4, 1, rowsFrom(40, 1));
    expect(alphaIn(branch, "a", 4)?.[0]).toBe(40);
    expect(alphaIn(long, "a", 4)?.[0]).toBe(4);
  });
  it("is thinned to about half, but never beside a change, at its start or at its end", () => {
    const thin = thinTrace(traceOf([100]), new Set([33, 72]), 80);
    const steps = stepsIn(thin);
    expect(thin.length).toBeLessThan(60);
    for (const kept of [0, 32, 33, 71, 72, 100]) expect(steps).toContain(kept);
    for (let steps = 0; steps <= 100; steps++) {
      const row = rowAt(thin, steps);
      expect(thin.steps[row]).toBeLessThanOrEqual(steps);
      expect(alphaIn(thin, "a", row)?.[0]).toBe(thin.steps[row]);
    }
  });
  it("is left alone while it is short", () => {
    const trace = traceOf([10]);
    expect(thinTrace(trace, new Set(), 11)).toBe(trace);
  });
});

const genotype = (op: string) => ({
  space: "s",
  groups: { a: [{ from: 0, to: 1, op }] },
  text: `${op} and more`,
});
const changes: readonly Change[] = [
  { steps: 0, genotype: genotype("skip") },
  { steps: 3, genotype: { ...genotype("skip"), text: "another text" } },
  { steps: 5, genotype: genotype("conv") },
];

describe("changes", () => {
  it("are flips only where something else is chosen", () => {
    expect(flipsIn(changes)).toEqual([5]);
  });
  it("are in force from their step on", () => {
    expect([0, 2, 3, 4, 5, 99].map((s) => genotypeAt(changes, s)?.text)).toEqual([
      "skip and more",
      "skip and more",
      "another text",
      "another text",
      "conv and more",
      "conv and more",
    ]);
    expect(genotypeAt([], 3)).toBeUndefined();
  });
});

it("a ribbon's flips are those of the leading op, `none` apart", () => {
  const group = { ...cellGroup(1, 2, ["none", "skip", "conv"]), name: "a" };
  const lead = [1, 1, 2, 2, 2, 1];
  const a = Float32Array.from(lead.flatMap((k) => [9, k === 1 ? 1 : 0, k === 2 ? 1 : 0]));
  const trace = appendTrace(beginTrace(0, { a: a.subarray(0, 3) }), 1, 5, { a: a.subarray(3) });
  const ribbon = ribbonOf(group, trace, changes, 6, (c) => c);
  expect([...ribbon.leader]).toEqual(lead);
  expect([...ribbon.kept]).toEqual([1, 1, 1, 1, 1, 1]);
  const flips = [...stretchesOf(ribbon, 0)].filter((s) => s.isFlip).map((s) => s.from);
  expect(flips).toEqual([2, 5]);
});

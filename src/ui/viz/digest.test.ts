import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "./changes.ts";
import {
  compareDigests,
  type Digest,
  decodeDigest,
  digestLength,
  digestNumber,
  digestOf,
  encodeDigest,
  rungs,
} from "./digest.ts";
import { appendTrace, beginTrace, type Trace, thinTrace } from "./trace.ts";

const change = (steps: number, op: string): Change => ({
  steps,
  genotype: { space: "conv", text: `${steps}`, groups: { normal: [{ from: 0, to: 2, op }] } },
});
/** α of `steps` steps over two groups, each entry by a formula of its own. */
function traceOf(
  steps: number,
  at = (step: number, entry: number) => Math.sin(step + entry),
): Trace {
  const width = { normal: 6, reduce: 4 };
  const rows = (step: number) => ({
    normal: Float32Array.from({ length: width.normal }, (_, i) => at(step, i)),
    reduce: Float32Array.from({ length: width.reduce }, (_, i) => at(step, 10 + i)),
  });
  let trace = beginTrace(0, rows(0));
  for (let step = 1; step <= steps; step++) trace = appendTrace(trace, step, 1, rows(step));
  return trace;
}
const digest = (trace: Trace, changes: readonly Change[], steps: number): Digest => {
  const found = digestOf(trace, changes, steps);
  if (!found) throw new Error("there is no digest");
  return found;
};
const [whole, changes] = [
  traceOf(100),
  [change(0, "skip"), change(30, "conv"), change(77, "skip")],
];
const mine = digest(whole, changes, 100);

describe("a digest", () => {
  it("is the same for the same run, however much further that went", () => {
    expect(digest(traceOf(120), [...changes, change(110, "conv")], 100)).toEqual(mine);
    expect(compareDigests(mine, mine, 10)).toEqual({
      ...{ bits: undefined, decisions: undefined, isSameChoice: true },
      ...{ most: 0, typical: 0 },
    });
    expect(digestNumber(mine)).toMatch(/^[\da-f]{4} [\da-f]{4}$/);
  });
  it("tells one bit of one entry, and between which steps it first differs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.nat(3), fc.nat(31), (step, entry, bit) => {
        const other = traceOf(100);
        const rows = other.rows["reduce"] as Float32Array;
        const bits = new Uint32Array(rows.buffer);
        bits[4 * step + entry] = (bits[4 * step + entry] as number) ^ (1 << bit);
        const { bits: span } = compareDigests(mine, digest(other, changes, 100), 10);
        // An early rung has 8 bits: one difference of 256 is told a rung late, but none is told early or not at all.
        expect(span).toBeDefined();
        expect(span?.by).toBeGreaterThanOrEqual(step);
      }),
    );
    const other = traceOf(100, (step, i) => Math.sin(step + i) + (step >= 40 ? 1e-4 : 0));
    const off = compareDigests(mine, digest(other, changes, 100), 10);
    expect(off.bits).toEqual({ after: 38, by: 50 });
    expect(off.typical).toBeGreaterThan(1e-4 / 3);
    expect(off.typical).toBeLessThan(3e-4);
  });
  it("tells another decision, and whether the last choice is another", () => {
    const late = digest(whole, [change(0, "skip"), change(30, "conv"), change(78, "skip")], 100);
    expect(compareDigests(mine, late, 10)).toMatchObject({
      ...{ bits: undefined, isSameChoice: true },
      decisions: { after: 75, by: 88 },
    });
    const never = digest(whole, changes.slice(0, 2), 100);
    expect(compareDigests(mine, never, 10).isSameChoice).toBe(false);
    // The toy's text changes with α; its choice does not.
    const words = [...changes, { ...change(90, "skip"), genotype: change(77, "skip").genotype }];
    expect(digest(whole, words, 100)).toEqual(mine);
  });
  it("bounds the largest difference of an entry, 19 times out of 20 at least", () => {
    let held = 0;
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e-3, max: 1e-3, noNaN: true }), {
          minLength: 20,
          maxLength: 20,
        }),
        (by) => {
          const other = traceOf(100, (step, i) => Math.sin(step + i) + (by[i] ?? 0));
          const { most } = compareDigests(mine, digest(other, changes, 100), 10);
          const largest = Math.max(
            ...[0, 1, 2, 3, 4, 5, 10, 11, 12, 13].map((i) => Math.abs(by[i] ?? 0)),
          );
          held += most >= largest - 1e-7 ? 1 : 0;
        },
      ),
      { numRuns: 400, seed: 3 },
    );
    expect(held).toBeGreaterThanOrEqual(380);
  });
  it("is not made where a row is not kept", () => {
    expect(digestOf(whole, changes, 0)).toBeUndefined();
    expect(digestOf(whole, changes, 101)).toBeUndefined();
    expect(digestOf(thinTrace(whole, new Set(), 50), changes, 40)).toBeUndefined();
  });
  it("compares only runs of as many steps", () => {
    expect(() => compareDigests(mine, digest(whole, changes, 50), 10)).toThrow(RangeError);
  });
});

describe("a digest as text", () => {
  const any: fc.Arbitrary<Digest> = fc.record({
    steps: fc.integer({ min: 1, max: 9999 }),
    alpha: fc
      .tuple(
        fc.array(fc.nat(255), { minLength: rungs - 1, maxLength: rungs - 1 }),
        fc.nat(2 ** 32 - 1),
      )
      .map(([early, last]) => [...early, last]),
    decisions: fc.array(fc.nat(255), { minLength: rungs, maxLength: rungs }),
    choice: fc.nat(2 ** 32 - 1),
    sums: fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 4,
      maxLength: 4,
    }),
  });
  it("is read back as what was written", () => {
    fc.assert(
      fc.property(any, (wanted) => {
        const text = encodeDigest(wanted);
        expect(text).toHaveLength(digestLength);
        expect(decodeDigest(text)).toEqual(wanted);
      }),
    );
  });
  it("is a digest or nothing, whatever is written", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc
        .base64String({ minLength: digestLength, maxLength: digestLength })
        .map((s) => `A${s.slice(1)}`),
      any.map((wanted) => encodeDigest(wanted).replace(/.$/, "A")),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(text, (given) => {
        const found = decodeDigest(given);
        if (found) expect(encodeDigest(found)).toBe(given);
      }),
      { numRuns: 3000 },
    );
  });
});

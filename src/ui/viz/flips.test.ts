/** @file Flips counted equal flips in the α log, in any window, however the log came. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import { createFlipCounter, flipsText } from "./flips.ts";
import { appendTrace, beginTrace, thinTrace } from "./trace.ts";

const group = cellGroup(1, 3, ["none", "skip_connect", "sep_conv_3x3", "max_pool_3x3"]);
const [edges, ops] = [group.edges.length, group.ops.length];
const changes = [{ steps: 0, genotype: { space: "x", groups: { normal: [] }, text: "" } }];
const nothing = { trace: undefined, changes: [] };

/** α of few values after each step, so that leads change hands and ties come up; `none` must not lead. */
const logs = fc
  .array(
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: edges * ops, maxLength: edges * ops }),
    { minLength: 2, maxLength: 40 },
  )
  .map((rows) => rows.map((row) => Float32Array.from(row)));
const traceOf = (rows: readonly Float32Array[]) =>
  rows
    .slice(1)
    .reduce(
      (trace, row, i) => appendTrace(trace, i + 1, 1, { normal: row }),
      beginTrace(0, { normal: rows[0] as Float32Array }),
    );
/** The first of the largest, but for `none`. */
const leaderIn = (row: Float32Array, edge: number) => {
  const offered = [...row.subarray(edge * ops + 1, (edge + 1) * ops)];
  return offered.indexOf(Math.max(...offered));
};

it("counts, edge by edge, every step after which another operation leads", () => {
  fc.assert(
    fc.property(logs, fc.nat(45), fc.nat(45), (rows, a, b) => {
      const window = { from: Math.min(a, b), to: Math.max(a, b) };
      const expected = group.edges.map(
        (_, e) =>
          rows.filter((row, i) => {
            const before = rows[i - 1];
            const isIn = i > window.from && i <= window.to;
            return isIn && before && leaderIn(before, e) !== leaderIn(row, e);
          }).length,
      );
      const flips = createFlipCounter(group)({ trace: traceOf(rows), changes }, window);
      expect(flips.byEdge).toEqual(expected);
      expect(flips.total).toBe(expected.reduce((x, y) => x + y, 0));
      expect(flips.isWhole).toBe(true);
    }),
  );
});

it("counts a window as its parts together, and a growing log as the whole one", () => {
  fc.assert(
    fc.property(logs, fc.nat(40), fc.nat(40), fc.nat(40), (rows, ...cuts) => {
      const [a, b, c] = cuts.toSorted((x, y) => x - y) as [number, number, number];
      const whole = createFlipCounter(group);
      const trace = traceOf(rows);
      const total = (from: number, to: number) => whole({ trace, changes }, { from, to }).total;
      expect(total(a, b) + total(b, c)).toBe(total(a, c));
      const growing = createFlipCounter(group);
      const half = traceOf(rows.slice(0, Math.max(1, rows.length >> 1)));
      growing({ trace: half, changes }, { from: 0, to: c });
      expect(growing({ trace, changes }, { from: a, to: c }).total).toBe(total(a, c));
      // Another run begins from nothing.
      const other = traceOf(rows.toReversed());
      const elsewhere = { trace: other, changes: [...changes.map((x) => ({ ...x }))] };
      expect(growing(elsewhere, { from: a, to: c })).toEqual(
        createFlipCounter(group)(elsewhere, { from: a, to: c }),
      );
    }),
  );
});

it("says where a thinned log may hide some", () => {
  const rows = Array.from({ length: 20 }, (_, i) =>
    Float32Array.from({ length: edges * ops }, (_, k) => (k % ops === 1 + (i % 2) ? 1 : 0)),
  );
  const count = createFlipCounter(group);
  expect(flipsText(count({ trace: traceOf(rows), changes }, { from: 0, to: 19 }))).toBe(
    `flips in window: ${19 * edges}`,
  );
  const thin = thinTrace(traceOf(rows), new Set(), 10);
  const flips = count({ trace: thin, changes }, { from: 0, to: 19 });
  expect(flips.isWhole).toBe(false);
  expect(flips.total).toBeLessThan(19 * edges);
  expect(flipsText(flips)).toMatch(/^flips in window: at least \d+$/);
  expect(count(nothing, { from: 0, to: 9 })).toEqual({
    byEdge: [0, 0, 0],
    total: 0,
    isWhole: true,
  });
});

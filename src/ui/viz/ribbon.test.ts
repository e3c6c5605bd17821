/** @file Decisions over time: who leads an edge, where `none` may, and what counts as kept. */
import { expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import type { Genotype } from "../../protocol/spec.ts";
import { type Ribbon, ribbonOf } from "./ribbon.ts";
import { appendTrace, beginTrace } from "./trace.ts";

const group = cellGroup(1, 3);
const alpha = { normal: Float32Array.of(5, 1, 2, 5, 1, 2, 0, 2, 1) };
const ribbon = (kept: Genotype["groups"][string]) => {
  const genotype = { space: "collapse", groups: { normal: kept }, text: "" };
  return ribbonOf(group, beginTrace(0, alpha), [{ steps: 0, genotype }], 1, () => 0);
};
const skip = { from: 1, to: 2, op: "skip_connect" };

it("lets none lead an edge only where the genotype has it, which is not to keep the edge", () => {
  const { leader, kept, margin } = ribbon([{ from: 0, to: 1, op: "none" }, skip]);
  expect([...leader]).toEqual([0, 2, 1]);
  expect([...kept]).toEqual([0, 0, 1]);
  const total = Math.exp(5) + Math.exp(1) + Math.exp(2);
  expect(margin[0]).toBeCloseTo((Math.exp(5) - Math.exp(2)) / total, 6);
  expect(margin[1]).toBeCloseTo((Math.exp(2) - Math.exp(1)) / total, 6);
});

it("grows: with what was there before it is the same as worked out anew", () => {
  const a = Float32Array.from({ length: 20 * 9 }, (_, i) => Math.sin(i * i));
  const trace = (rows: number) =>
    appendTrace(beginTrace(0, { normal: a.subarray(0, 9) }), 1, rows - 1, {
      normal: a.subarray(9, 9 * rows),
    });
  const changes = [{ steps: 0, genotype: { space: "x", groups: { normal: [skip] }, text: "" } }];
  const upTo = (steps: number, columns: number, before?: Ribbon, known?: number) =>
    ribbonOf(group, trace(steps), changes, columns, (c) => c, before, known);
  const before = upTo(10, 10);
  expect(upTo(20, 20, before, 9)).toEqual(upTo(20, 20));
  // What is taken over is not looked at again.
  const painted = { ...before, leader: before.leader.map(() => 7) };
  expect(upTo(20, 20, painted, 9).leader[8]).toBe(7);
});

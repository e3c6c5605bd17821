/** @file α → genotype: which edges and candidates survive, in which order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { denseCell } from "./dag.ts";
import { dartsText, deriveStrongest } from "./derive.ts";

const ops = ["none", "max_pool_3x3", "skip_connect"];
const cell = denseCell("normal", 2, 2, ops);
const derive = (rows: readonly (readonly number[])[]) =>
  deriveStrongest(cell, Float32Array.from(rows.flat()), 2);

describe("the edges of a cell", () => {
  it("are ordered by the node they enter, then by the one they leave", () => {
    expect(cell.edges.map(({ from, to }) => `${from}→${to}`)).toEqual([
      "0→2",
      "1→2",
      "0→3",
      "1→3",
      "2→3",
    ]);
  });
  it("are 14 for the paper's four nodes", () => {
    expect(denseCell("normal", 2, 4, ops).edges).toHaveLength(14);
  });
});

describe("deriveStrongest", () => {
  it("keeps each node's two strongest edges, strongest first", () => {
    const kept = derive([
      [0, 1, 0], // node 2: max_pool from 0 …
      [0, 0, 2], // … but skip from 1 is stronger
      [0, 0, 0], // node 3: the weakest goes
      [0, 0, 3],
      [0, 2, 0],
    ]);
    expect(kept).toEqual([
      { from: 1, to: 2, op: "skip_connect" },
      { from: 0, to: 2, op: "max_pool_3x3" },
      { from: 1, to: 3, op: "skip_connect" },
      { from: 2, to: 3, op: "max_pool_3x3" },
    ]);
  });
  it("ranks edges by softmax weight, in which a strong none counts", () => {
    // The second edge into node 2 has the larger α, but none takes most of its softmax.
    const [first] = derive([
      [0, 1, 0],
      [5, 3, 0],
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(first).toEqual({ from: 0, to: 2, op: "max_pool_3x3" });
  });
  it("gives ties to the earlier edge and candidate", () => {
    const nothing = cell.edges.map(() => [0, 0, 0]);
    expect(derive(nothing).map(({ from, op }) => [from, op])).toEqual([
      [0, "max_pool_3x3"],
      [1, "max_pool_3x3"],
      [0, "max_pool_3x3"],
      [1, "max_pool_3x3"],
    ]);
  });

  const rows = fc.array(
    fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 3, maxLength: 3 }),
    { minLength: cell.edges.length, maxLength: cell.edges.length },
  );
  it("never keeps none, and two distinct edges into every node", () => {
    fc.assert(
      fc.property(rows, (alpha) => {
        const kept = derive(alpha);
        expect(kept.map(({ op }) => op)).not.toContain("none");
        expect(kept.map(({ to }) => to)).toEqual([2, 2, 3, 3]);
        expect(new Set(kept.map(({ from, to }) => `${from}→${to}`)).size).toBe(4);
      }),
    );
  });
  it("does not change when a constant is added to an edge's α", () => {
    // Halves are exact in single precision, so that the shift moves nothing else.
    const halves = fc.array(
      fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 3, maxLength: 3 }),
      {
        minLength: cell.edges.length,
        maxLength: cell.edges.length,
      },
    );
    fc.assert(
      fc.property(halves, fc.integer({ min: -50, max: 50 }), (alpha, shift) => {
        const scaled = alpha.map((row) => row.map((a) => a / 2));
        expect(derive(scaled.map((row) => row.map((a) => a + shift)))).toEqual(derive(scaled));
      }),
    );
  });
});

describe("dartsText", () => {
  it("prints as the official code does", () => {
    const groups = [cell, denseCell("reduce", 2, 2, ops)];
    const kept = derive(cell.edges.map(() => [0, 0, 1]));
    expect(dartsText(groups, { normal: kept, reduce: kept })).toBe(
      "Genotype(normal=[('skip_connect', 0), ('skip_connect', 1), ('skip_connect', 0), ('skip_connect', 1)], " +
        "normal_concat=range(2, 4), reduce=[('skip_connect', 0), ('skip_connect', 1), ('skip_connect', 0), " +
        "('skip_connect', 1)], reduce_concat=range(2, 4))",
    );
  });
});

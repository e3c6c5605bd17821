/** @file A cell's geometry: everything inside the frame, clear of nodes, and ropes as wide as their strands. */
import { describe, expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import {
  cellLayout,
  classFrame,
  fittingHeight,
  frameFor,
  narrowFrame,
  tallFrame,
  wideFrame,
} from "./cell-layout.ts";
import { nodeName, spokenEdge } from "./cell-names.ts";
import { bowed, cellRoutes, pointAt } from "./cell-routes.ts";
import { mixtureOf } from "./mixture.ts";
import { arrowPath, halfGap, layRope, pointOn, strandBounds, strandPath } from "./rope.ts";

const cells: readonly (readonly [string, AlphaGroup])[] = [
  ...[1, 2, 3, 4].map((n) => [`two inputs and ${n} nodes`, cellGroup(2, 2 + n)] as const),
  ["three inputs and two nodes", cellGroup(3, 5)],
  ["four nodes, the first the input", cellGroup(1, 4)],
  ["four nodes without inputs", cellGroup(0, 4)],
];

describe.each(cells)("a cell of %s", (_, group) => {
  it.each([
    wideFrame,
    { ...wideFrame, height: fittingHeight(wideFrame, 700, 100) },
    narrowFrame,
    classFrame,
    { ...classFrame, height: fittingHeight(classFrame, 660, 320) },
    { ...narrowFrame, height: fittingHeight(narrowFrame, 350, 100) },
    tallFrame,
  ])("fits in $width × $height", (frame) => {
    const layout = cellLayout(group, frame);
    const places = [...layout.nodes, ...(layout.output ? [layout.output] : [])];
    expect(layout.nodes).toHaveLength(group.nodes);
    for (const [i, { x, y }] of places.entries()) {
      expect(Math.min(x, frame.width - x, y, frame.height - y)).toBeGreaterThan(
        frame.nodeRadius - 2,
      );
      for (const other of places.slice(i + 1))
        expect(Math.hypot(x - other.x, y - other.y)).toBeGreaterThan(2 * frame.nodeRadius + 8);
    }
    const curves = cellRoutes(group, layout);
    expect(curves).toHaveLength(group.edges.length);
    for (const [e, curve] of curves.entries()) {
      const { from, to } = group.edges[e]!;
      const others = places.filter((_, i) => i !== from && i !== to);
      for (const { x, y, width } of layRope(curve, frame)) {
        expect(Math.min(x, frame.width - x, y, frame.height - y)).toBeGreaterThanOrEqual(width / 2);
        for (const node of others)
          expect(Math.hypot(x - node.x, y - node.y)).toBeGreaterThan(frame.nodeRadius + width / 2);
      }
    }
  });
});

it("puts the DARTS cell's nodes where they always are", () => {
  const { nodes, output } = cellLayout(cellGroup(2, 6), wideFrame);
  const percent = nodes.map(({ x, y }) => [
    Math.round((x / 718) * 100),
    Math.round((y / 372) * 100),
  ]);
  expect(percent).toEqual([
    [6, 26],
    [6, 74],
    [26, 30],
    [44, 70],
    [62, 30],
    [80, 70],
  ]);
  expect(output).toEqual({ x: 0.95 * 718, y: 186 });
});

it("makes a low stage flatter instead of smaller", () => {
  expect([0, 360, 718].map((width) => frameFor(width, 300))).toEqual([
    wideFrame,
    narrowFrame,
    wideFrame,
  ]);
  expect(frameFor(360, 580)).toBe(tallFrame);
  expect([660, 1334].map((width) => frameFor(width, 400, true))).toEqual([classFrame, wideFrame]);
  expect(fittingHeight(wideFrame, 718, 305)).toBe(300);
  expect(fittingHeight(wideFrame, 1436, 600)).toBe(300);
  expect(fittingHeight(wideFrame, 718, 900)).toBe(372);
  expect(fittingHeight(wideFrame, 0, 0)).toBe(372);
});

it("bows to the left of an edge's direction by the given distance", () => {
  const middle = pointAt(bowed({ x: 0, y: 0 }, { x: 100, y: 0 }, 30), 0.5);
  expect(middle).toEqual({ x: 50, y: -30 });
});

describe("a rope", () => {
  const rope = layRope(bowed({ x: 40, y: 100 }, { x: 440, y: 120 }, 40), wideFrame);
  it("is 20 wide, 8 at its ports, and ends at the nodes' rims", () => {
    expect(Math.max(...rope.map((s) => s.width))).toBeCloseTo(20, 6);
    expect([rope[0]!.width, rope.at(-1)!.width]).toEqual([8, 8]);
    expect(Math.hypot(rope[0]!.x - 40, rope[0]!.y - 100)).toBeCloseTo(23, 0);
    expect(Math.hypot(rope.at(-1)!.x - 440, rope.at(-1)!.y - 120)).toBeCloseTo(23, 0);
  });
  it("is filled by its strands, each as wide as its weight", () => {
    const weights = [0.1, 0.25, 0.4, 0.05, 0.2];
    const bounds = strandBounds(weights);
    expect(bounds[0]).toBe(0);
    expect(bounds.at(-1)).toBeCloseTo(1, 12);
    for (const [k, weight] of weights.entries()) {
      expect(bounds[k + 1]! - bounds[k]!).toBeCloseTo(weight, 12);
      const [a, b] = [pointOn(rope, 0.5, bounds[k]!), pointOn(rope, 0.5, bounds[k + 1]!)];
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeCloseTo(20 * weight, 6);
    }
  });
  it("stays partly empty when weights add to less than one, and never overflows", () => {
    expect(strandBounds([0.25]).at(-1)).toBe(0.25);
    expect(strandBounds([3]).at(-1)).toBe(1);
    expect(strandBounds([-1]).at(-1)).toBe(0);
  });
  it("draws closed shapes of finite numbers, and nothing for nothing", () => {
    for (const path of [strandPath(rope, 0, 1), strandPath(rope, 0.2, 0.25), arrowPath(rope, 12)])
      expect(path).toMatch(/^M[\d.,MLZ-]+Z$/);
    expect(strandPath(rope, 0.4, 0.4)).toBe("");
  });
  it("leaves gaps of 2 px between wide strands and none between hair-thin ones", () => {
    expect([0.5, 2, 4, 6, 20].map(halfGap)).toEqual([0, 0, 0.5, 1, 1]);
  });
});

describe("the mixture", () => {
  const group = cellGroup(1, 3);
  it("is the softmax of each edge's α", () => {
    const weights = mixtureOf(group, new Float32Array([0, 0, 0, 1, 2, 3, 1000, 0, -1000]));
    const e = [Math.E, Math.E ** 2, Math.E ** 3];
    const sum = e[0]! + e[1]! + e[2]!;
    const wanted = [1 / 3, 1 / 3, 1 / 3, ...e.map((v) => v / sum), 1, 0, 0];
    for (const [i, w] of wanted.entries()) expect(weights?.[i]).toBeCloseTo(w, 12);
  });
  it("is α itself for gates", () => {
    const gates: AlphaGroup = { ...group, kind: "gate", ops: ["gate"] };
    expect(mixtureOf(gates, new Float32Array([0.5, -1, 2]))).toEqual(
      new Float64Array([0.5, -1, 2]),
    );
  });
  it("waits for α, and for α of the group's own size", () => {
    expect(mixtureOf(group, undefined)).toBeUndefined();
    expect(mixtureOf(group, new Float32Array(4))).toBeUndefined();
  });
});

describe("names", () => {
  it("follow the paper: c_{k-2}, c_{k-1}, then nodes from 0", () => {
    expect([0, 1, 2, 5].map((n) => nodeName(cellGroup(2, 6), n))).toEqual([
      { base: "c", sub: "k−2" },
      { base: "c", sub: "k−1" },
      { base: "0" },
      { base: "3" },
    ]);
    expect(nodeName(cellGroup(1, 4), 3)).toEqual({ base: "3" });
  });
  it("are spoken with what is kept and the two largest weights", () => {
    const group = cellGroup(2, 4);
    const edge = group.edges.findIndex((e) => e.from === 1 && e.to === 2);
    const weights = new Float64Array(group.edges.length * 3);
    weights.set([0.1, 0.22, 0.31], edge * 3);
    expect(spokenEdge(group, edge, weights, true)).toBe(
      "edge c_{k-1} to node 0, kept, sep conv 3×3 0.31, skip 0.22",
    );
    expect(spokenEdge(group, edge, undefined, false)).toBe("edge c_{k-1} to node 0");
  });
});

// @vitest-environment happy-dom
/** @file What stands around the cell: detail, table, other derivations and exported pictures, on plain numbers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import { argmaxRule, dartsRule } from "../../genotype/derive.ts";
import type { Force } from "../../protocol/spec.ts";
import { alphaCsv, alphaRows, nextSort, sorted } from "./alpha-table.ts";
import { wideFrame } from "./cell-layout.ts";
import { opName, shortOpName } from "./cell-names.ts";
import { cellPicture, toSvg } from "./cell-picture.ts";
import { bowed } from "./cell-routes.ts";
import { changesBetween, deriveWith, keptBy, ruleBehind } from "./derived.ts";
import { type Detail, firstPace, type Pace, paced, widest } from "./detail.ts";
import { forcePlace } from "./force-marks.ts";
import { layRope, pointOn, strandAt, strandBounds } from "./rope.ts";

const group = cellGroup(2, 4, ["none", "skip_connect", "sep_conv_3x3", "max_pool_3x3"]);
const alpha = Float32Array.from({ length: 20 }, (_, i) => Math.sin(i));

describe("detail", () => {
  const shares = fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 })
    .map((raw) => raw.map((x) => x / raw.reduce((a, b) => a + b)));
  it("keeps the widest strands as they are and in their places, and adds none", () => {
    fc.assert(
      fc.property(shares, fc.constantFrom<Detail>("all", "three", "one"), (row, detail) => {
        const shown = widest(row, detail);
        const count = { all: row.length, three: 3, one: 1 }[detail];
        expect(shown.filter((x) => x > 0)).toHaveLength(Math.min(count, row.length));
        const left = [...row.keys()].filter((k) => shown[k] === 0);
        const kept = [...row.keys()].filter((k) => shown[k] !== 0);
        for (const k of kept) {
          expect(shown[k]).toBe(row[k]);
          for (const l of left) expect(row[k]).toBeGreaterThanOrEqual(row[l]!);
        }
      }),
    );
  });
  const drawn = (pace: Pace, count: number, ms: number) => {
    let now = pace;
    for (let i = 0; i < count; i++) now = paced(now, ms);
    return now;
  };
  it("falls level by level while frames are slow, and not for a few slow ones", () => {
    expect(drawn(firstPace, 59, 80).detail).toBe("all");
    expect(drawn(firstPace, 60, 80).detail).toBe("three");
    expect(drawn(firstPace, 600, 80).detail).toBe("one");
    expect(drawn(drawn(firstPace, 20, 200), 40, 16.7).detail).toBe("all");
  });
  it("climbs after enough fast rounds, later each time", () => {
    const low = drawn(firstPace, 60, 80);
    expect(drawn(low, 239, 16.7).detail).toBe("three");
    const up = drawn(low, 240, 16.7);
    expect(up.detail).toBe("all");
    expect(drawn(drawn(up, 60, 80), 240, 16.7).detail).toBe("three");
    expect(drawn(drawn(up, 60, 80), 480, 16.7).detail).toBe("all");
  });
  it("stays where frames are neither fast nor slow", () => {
    expect(drawn(drawn(firstPace, 60, 80), 6000, 25).detail).toBe("three");
  });
});

describe("a strand under the pointer", () => {
  const rope = layRope(bowed({ x: 40, y: 100 }, { x: 440, y: 120 }, 40), wideFrame);
  const weights = [0.1, 0.25, 0.4, 0.25];
  it("is the one drawn there", () => {
    const bounds = strandBounds(weights);
    for (const along of [0.1, 0.5, 0.9])
      for (const k of weights.keys())
        expect(
          strandAt(rope, weights, pointOn(rope, along, (bounds[k]! + bounds[k + 1]!) / 2)),
        ).toBe(k);
  });
  it("is the nearest one beside the rope, and none on an empty rope", () => {
    expect(strandAt(rope, weights, { x: 240, y: -500 })).toBe(0);
    expect(strandAt(rope, weights, { x: 240, y: 900 })).toBe(3);
    expect(strandAt(rope, [0, 0], { x: 240, y: 100 })).toBeUndefined();
  });
});

describe("signs of hands", () => {
  it("share the length of their edge", () => {
    const rope = layRope(bowed({ x: 40, y: 100 }, { x: 440, y: 100 }, 0), wideFrame);
    const forces = [0, 1, 2].map(
      (op): Force => ({ group: "normal", edge: 0, op, kind: "pin", value: 0 }),
    );
    const xs = forces.map((force) => forcePlace(force, forces, [rope]).x);
    expect(Math.min(xs[1]! - xs[0]!, xs[2]! - xs[1]!)).toBeGreaterThan(60);
  });
});

describe("the table", () => {
  const weights = Float64Array.from({ length: 20 }, (_, i) => (i * 7) % 20);
  const kept = [{ from: 1, to: 2, op: "skip_connect" }];
  const rows = alphaRows(group, weights, kept);
  it("has a row an edge, with what is kept", () => {
    expect(rows.map(({ name }) => name)[1]).toBe("c_{k-1} to node 0");
    expect(rows.map((row) => row.kept)).toEqual([
      undefined,
      "skip_connect",
      ...Array(3).fill(undefined),
    ]);
  });
  it("sorts by any column, both ways, and keeps the order of ties", () => {
    const by = (op: number, isDescending: boolean) =>
      sorted(rows, { by: op, isDescending }).map((row) => row.weights[op]);
    for (const op of group.ops.keys()) {
      expect(by(op, false)).toEqual([...by(op, false)].sort((a, b) => a! - b!));
      expect(by(op, true)).toEqual([...by(op, true)].sort((a, b) => b! - a!));
    }
    const flat = alphaRows(group, new Float64Array(20), undefined);
    expect(sorted(flat, { by: 0, isDescending: true }).map((r) => r.edge)).toEqual([0, 1, 2, 3, 4]);
  });
  it("shows the largest first on an op's first click and turns on the second", () => {
    const first = nextSort({ by: "edge", isDescending: false }, 2);
    expect(first).toEqual({ by: 2, isDescending: true });
    expect(nextSort(first, 2)).toEqual({ by: 2, isDescending: false });
    expect(nextSort(first, "edge")).toEqual({ by: "edge", isDescending: false });
  });
  it("is copied as CSV that quotes what needs it", () => {
    const odd = { ...group, ops: ["none", 'a "b"', "c,d", "e"] };
    const [head, first, ...others] = alphaCsv(odd, rows).split("\r\n");
    expect(head).toBe('edge,none,"a ""b""","c,d",e,kept');
    expect(first).toBe("c_{k-2} to node 0,0.000000,7.000000,14.000000,1.000000,");
    expect(others).toHaveLength(4);
  });
});

describe("names of operations", () => {
  it("are said as words", () => {
    expect(["sep_conv_3x3", "skip_connect", "none", "max_pool_3x3"].map(opName)).toEqual([
      "sep conv 3×3",
      "skip",
      "none",
      "max pool 3×3",
    ]);
    expect(["sep_conv_3x3", "max_pool_3x3", "tanh"].map(shortOpName)).toEqual([
      "sep 3×3",
      "max 3×3",
      "tanh",
    ]);
  });
});

describe("another rule", () => {
  const live = <T>(value: T) => ({ get: () => value, subscribe: () => () => {} });
  it("derives at once, and computes nothing twice for the same α", () => {
    const own = live(undefined);
    expect(keptBy(group, live(alpha), own, undefined)).toBe(own);
    const kept = keptBy(group, live(alpha), own, dartsRule(1));
    expect(kept.get()).toHaveLength(2);
    expect(kept.get()).toBe(kept.get());
    expect(keptBy(group, live(undefined), own, dartsRule(1)).get()).toBeUndefined();
  });
  it("is told from what a space has derived", () => {
    for (const rule of [dartsRule(2), dartsRule(1), argmaxRule])
      expect(ruleBehind(group, alpha, deriveWith(group, alpha, rule))).toEqual(rule);
    expect(ruleBehind(group, alpha, [])).toEqual(dartsRule(2));
  });
  it("differs on exactly the edges that are listed", () => {
    const before = deriveWith(group, alpha, dartsRule(2));
    expect(changesBetween(group, before, before)).toEqual([]);
    const after = deriveWith(group, alpha, dartsRule(1));
    const changes = changesBetween(group, before, after);
    expect(changes).toHaveLength(before.length - after.length);
    for (const { edge, before: op, after: gone } of changes) {
      const { from, to } = group.edges[edge]!;
      expect(before).toContainEqual({ from, to, op });
      expect(gone).toBeUndefined();
    }
  });
});

describe("a picture to take away", () => {
  const forces: Force[] = [{ group: "normal", edge: 1, op: 2, kind: "mask", value: 0 }];
  const kept = deriveWith(group, alpha, dartsRule(2));
  const title = 'Normal cell, <DARTS & "co">, seed 1, step 12';
  const svg = (theme: "light" | "dark") =>
    toSvg(cellPicture({ group, alpha, kept, forces, title, theme }));
  it("is well-formed, with title, legend, strands and signs", () => {
    const document = new DOMParser().parseFromString(svg("light"), "image/svg+xml");
    expect(document.querySelector("parsererror")).toBeNull();
    expect(document.querySelector("title")?.textContent).toBe(title);
    const words = [...document.querySelectorAll("text")].map((t) => t.textContent);
    for (const op of group.ops) expect(words).toContain(opName(op));
    const fills = [...document.querySelectorAll("path")].map((p) => p.getAttribute("fill"));
    // One strand an edge and the plate in the legend; skip is not forced.
    expect(fills.filter((fill) => fill === "#B94801")).toHaveLength(group.edges.length + 1);
    // The forced op has a badge more.
    expect(fills.filter((fill) => fill === "#54A56A")).toHaveLength(group.edges.length + 2);
  });
  it("has the colours of its theme only, and no numbers that are none", () => {
    expect(svg("dark")).toContain('fill="#12161c"');
    expect(svg("dark")).not.toContain("#B94801");
    for (const theme of ["light", "dark"] as const) expect(svg(theme)).not.toMatch(/NaN|undefined/);
  });
});

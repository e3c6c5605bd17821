/** @file The spaces whose nodes add up: the sizes that NAS-Bench-201's code has, its text, and its rule of derivation. */
import { describe, expect, it } from "vitest";
import { parseGenotype } from "../../genotype/formats.ts";
import type { Genotype } from "../../protocol/spec.ts";
import type { Network } from "../network/network.ts";
import type { TaskSignature } from "../problem.ts";
import { collapse, nb201 } from "./nb201.ts";

const images: TaskSignature = { kind: "image", input: [32, 32, 3], classes: 10 };
const paper = { stages: 3, cells: 5, channels: 16, nodes: 4 };
const small = { stages: 2, cells: 1, channels: 2, nodes: 4 };
const text = (op: string) => `|${op}~0|+|${op}~0|${op}~1|+|${op}~0|${op}~1|${op}~2|`;
const derived = (groups: Genotype["groups"], size = paper): Network =>
  nb201.derived?.(images, size, groups)?.network as Network;
const of = (op: string): Network => derived(parseGenotype(text(op)).groups);

describe("nb201", () => {
  it.each([
    [4, 6],
    [3, 3],
  ])("has with %d nodes %d edges of 5 candidates, in one group", (nodes, edges) => {
    const { groups } = nb201.supernet(images, { ...small, nodes });
    expect(groups.map((g) => [g.name, g.inputs, g.edges.length, g.ops.length])).toEqual([
      ["cell", 1, edges, 5],
    ]);
  });
  // Stem 464, residual blocks 14,464 and 57,600, last norm 128, classifier 650; then 30 convolutions a width.
  it.each([
    ["skip_connect", 73_306],
    ["avg_pool_3x3", 73_306],
    ["nor_conv_1x1", 73_306 + 30 * (256 + 32 + 1024 + 64 + 4096 + 128)],
    ["nor_conv_3x3", 1_531_546],
  ])("has at the paper's size, all edges %s, %d weights", (op, count) => {
    expect(of(op).weightCount).toBe(count);
  });
  it("names weights by cell, edge and candidate, and searches without scales in cells", () => {
    const { network } = nb201.supernet(images, small);
    const names = network?.weights.map(({ name }) => name) ?? [];
    expect(names.filter((name) => name.startsWith("cells.0.")).slice(0, 4)).toEqual([
      "cells.0.edges.0.2.w",
      "cells.0.edges.0.3.w",
      "cells.0.edges.1.2.w",
      "cells.0.edges.1.3.w",
    ]);
    expect(names.filter((name) => name.startsWith("cells.1."))).toEqual([
      "cells.1.shortcut",
      "cells.1.a.w",
      "cells.1.a.bn.gamma",
      "cells.1.a.bn.beta",
      "cells.1.b.w",
      "cells.1.b.bn.gamma",
      "cells.1.b.bn.beta",
    ]);
    expect(names.filter((name) => /edges.*gamma/.test(name))).toEqual([]);
  });
  it("halves the image from stage to stage, whatever its sides", () => {
    const sides = (height: number, width: number) => {
      const signature = { ...images, input: [height, width, 3] } as TaskSignature;
      const { layers = [] } = nb201.supernet(signature, { ...small, stages: 3 }).network ?? {};
      const mixes = layers.filter(({ kind }) => kind === "mix");
      return mixes.filter((_, i) => i % 3 === 2).map(({ shape }) => shape);
    };
    expect(sides(16, 16)).toEqual([
      [2, 16, 16],
      [4, 8, 8],
      [8, 4, 4],
    ]);
    expect(sides(7, 10)).toEqual([
      [2, 7, 10],
      [4, 4, 5],
      [8, 2, 3],
    ]);
  });
  it("derives every edge's largest α, none and ties included, in NAS-Bench-201's text", () => {
    const { derive } = nb201.supernet(images, small);
    const best = [3, 0, 4, 1, 2, 0];
    const cell = Float32Array.from(
      best.flatMap((b, e) => [0, 1, 2, 3, 4].map((o) => (o === b && e < 5 ? 1 : 0))),
    );
    const { text, groups } = derive({ cell });
    expect(text).toBe(
      "|nor_conv_3x3~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_1x1~1|none~2|",
    );
    expect(parseGenotype(text).groups).toEqual(groups);
  });
  it("writes the same network for an edge with none as for no edge", () => {
    const { groups } = parseGenotype(
      "|nor_conv_3x3~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_1x1~2|",
    );
    const without = { cell: (groups["cell"] ?? []).filter(({ op }) => op !== "none") };
    expect(without.cell).toHaveLength(4);
    expect(derived(without, small)).toEqual(derived(groups, small));
  });
});

describe("collapse", () => {
  it("leaves nothing, a skip or a convolution on each of six edges", () => {
    const { groups, derive } = collapse.supernet(images, small);
    expect(groups[0]?.ops).toEqual(["none", "skip_connect", "nor_conv_3x3"]);
    expect(groups[0]?.edges).toHaveLength(6);
    const cell = new Float32Array(18).map((_, i) => (i % 3 === 1 ? 1 : 0));
    expect(derive({ cell })).toMatchObject({ space: "collapse", text: text("skip_connect") });
  });
});

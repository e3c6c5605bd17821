/** @file Width search: what is pruned, what the smaller network computes, and what it counts. */
import {
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tensor4d,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { distance } from "../../../test/support/matrices.ts";
import { keptChannels, pruningThreshold } from "../../genotype/widths.ts";
import type { PruneBy } from "../../protocol/spec.ts";
import { selectBackend } from "../backend/index.ts";
import { networkSize } from "../bind/size.ts";
import { createRng } from "../core/rng.ts";
import type { Network } from "../network/network.ts";
import type { Supernet, TaskSignature } from "../problem.ts";
import { width } from "./width.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const images: TaskSignature = { kind: "image", input: [6, 6, 3], classes: 4 };
const size = { stages: 2, blocks: 1, channels: 4, prune: 0.4 };

/** Scores of a mixed size and sign, weights, and both as plain numbers. */
function pointOf(net: Supernet) {
  const rng = createRng(3);
  const weights = net.initWeights(rng);
  const alpha = Object.fromEntries(
    net.groups.map(({ name, edges }) => [name, rng.fork(name).normal(edges.length)]),
  );
  const flat = { weights: (weights["weights"] as Tensor).dataSync<"float32">() };
  return { weights, alpha, flat };
}
const asMixture = (alpha: Readonly<Record<string, Float32Array>>) => ({
  weights: Object.fromEntries(
    Object.entries(alpha).map(([name, a]) => [name, tensor2d(a, [a.length, 1]) as Tensor2D]),
  ),
});
const batch = tensor4dOf(5);
function tensor4dOf(n: number) {
  const pixels = createRng(9).normal(n * 6 * 6 * 3);
  return () => tensor4d(pixels, [n, 6, 6, 3]) as Tensor4D;
}

describe("quantiles", () => {
  it("prunes below the quantile of all layers together, and keeps a channel of each", () => {
    const scores = [
      [0.1, -0.2, 0.05],
      [0.5, -0.9, 0.7, 0.3],
    ];
    expect(pruningThreshold(scores, 3 / 7)).toBe(0.3);
    expect(keptChannels(scores, 3 / 7)).toEqual([[1], [0, 1, 2, 3]]);
    expect(keptChannels(scores, 0.8)).toEqual([[1], [1, 2]]);
  });
  it("keeps all at 0, and all of one size at any", () => {
    expect(keptChannels([[0, 0], [1]], 0)).toEqual([[0, 1], [0]]);
    expect(keptChannels([[1, 1], [1]], 0.6)).toEqual([[0, 1], [0]]);
  });
  it("prunes scores of exactly 0 beyond the quantile", () => {
    expect(keptChannels([[0, 0, 0, 2]], 0.25)).toEqual([[3]]);
  });
  it("is what the space derives to, as a size string", () => {
    const net = width.supernet(images, { ...size, prune: 0 });
    expect(net.derive(pointOf(net).alpha).text).toBe("4:4:8:8");
  });
});

describe.each([0, 0.3, 0.6, 0.9])("pruned by %d", (prune) => {
  const net = width.supernet(images, { ...size, prune });

  it("computes what the supernet does with the pruned channels' scores at 0", () => {
    const { weights, alpha, flat } = pointOf(net);
    const pruned = net.prune?.(alpha, flat, { criterion: "alpha" });
    const scores = net.groups.map(({ name }) => alpha[name] as Float32Array);
    const kept = keptChannels(scores, prune);
    const masked = Object.fromEntries(
      net.groups.map(({ name }, layer) => [
        name,
        (alpha[name] as Float32Array).map((a, c) => (kept[layer]?.includes(c) ? a : 0)),
      ]),
    );
    const wanted = net.forward(weights, asMixture(masked), batch()).dataSync<"float32">();
    const small = width.derived?.(images, size, pruned?.genotype.groups ?? {}) as Supernet;
    const found = small.forward(pruned?.weights ?? {}, { weights: {} }, batch());
    expect(distance(found.dataSync<"float32">(), wanted)).toBeLessThan(1e-5);
    if (prune > 0) {
      const whole = net.forward(weights, asMixture(alpha), batch()).dataSync<"float32">();
      expect(distance(found.dataSync<"float32">(), whole)).toBeGreaterThan(1e-2);
      expect(small.network?.weightCount).toBeLessThan(net.network?.weightCount as number);
    }
  });
});

it.each(["alpha", "magnitude", "uniform"] as const)(
  "%s fits a number of parameters closely",
  (criterion) => {
    const net = width.supernet(images, { ...size, channels: 8 });
    const { alpha, flat } = pointOf(net);
    const by: PruneBy = { criterion, parameters: 2500 };
    const pruned = net.prune?.(alpha, flat, by);
    const small = width.derived?.(images, { ...size, channels: 8 }, pruned?.genotype.groups ?? {});
    const found = pruned?.weights["weights"]?.size as number;
    expect(small?.network?.weightCount).toBe(found);
    expect(found).toBeLessThanOrEqual(2500);
    expect(found).toBeGreaterThan(1800);
  },
);

it("counts parameters and multiply-adds of what is left as by hand", () => {
  const tiny: TaskSignature = { kind: "image", input: [4, 4, 3], classes: 4 };
  const one = { stages: 1, blocks: 1, channels: 4, prune: 0 };
  const groups = { width: [0, 1].map((i) => ({ from: i, to: i + 1, op: String(2 + i) })) };
  const small = width.derived?.(tiny, one, groups)?.network as Network;
  // Stem 3→2, a 2→3, b 3→2 with 3×3 filters; a scale and a shift a channel; classifier 2→4.
  const filters = 9 * (3 * 2 + 2 * 3 + 3 * 2);
  expect(networkSize(small).parameters).toBe(filters + 2 * (2 + 3 + 2) + 2 * 4 + 4);
  // 16 pixels; a norm measures with two and applies with one; the block's sum adds two planes, the average reads two.
  const norms = 3 * (2 + 3 + 2);
  expect(networkSize(small).multiplyAdds).toBe(16 * (filters + norms + 2 + 2) + 2 * 4);
});

it("names what is wrong with a size string", () => {
  const derived =
    (...widths: number[]) =>
    () =>
      width.derived?.(images, size, {
        width: widths.map((w, i) => ({ from: i, to: i + 1, op: String(w) })),
      });
  expect(derived(4, 4, 8)).toThrow("the genotype has 3 layers; there are 4 at this size");
  expect(derived(4, 5, 8, 8)).toThrow("layer 2 of the genotype has 5 channels; 1 to 4 are allowed");
  expect(() => width.derived?.(images, size, { cell: [] })).toThrow('no group "width" but cell');
});

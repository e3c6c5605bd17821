/** @file The DARTS convolutional space: its shape, its gradient, and what a mask saves. */
import {
  memory,
  profile,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { gradientError } from "../../../test/support/gradcheck.ts";
import { distance } from "../../../test/support/matrices.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import type { Mixture, Supernet } from "../problem.ts";
import { crossEntropy } from "../tasks/cross-entropy.ts";
import { dartsConv } from "./darts-conv.ts";

const classes = 10;
const make = (side: number, cells: number, nodes: number): Supernet =>
  dartsConv.supernet(
    { kind: "image", input: [side, side, 3], classes },
    { cells, channels: 2, nodes },
  );
const reductions = (cells: number): (string | undefined)[] => {
  const mixes = make(16, cells, 1).network?.layers.filter((layer) => layer.kind === "mix") ?? [];
  return mixes.map(({ terms }) => terms[0]?.group);
};

beforeAll(async () => {
  await selectBackend("cpu");
});

describe("its shape", () => {
  it("has 14 × 8 α a cell for four nodes", () => {
    const { groups, initAlpha } = make(8, 3, 4);
    expect(groups.map(({ edges, ops }) => [edges.length, ops.length])).toEqual([
      [14, 8],
      [14, 8],
    ]);
    tidy(() => {
      const alpha = initAlpha(createRng(1));
      expect(Object.keys(alpha)).toEqual(["normal", "reduce"]);
      expect(alpha["normal"]?.shape).toEqual([14, 8]);
    });
  });
  it.each([
    [1, [0]],
    [2, [0, 1]],
    [3, [1, 2]],
    [8, [2, 5]],
    [14, [4, 9]],
    [20, [6, 13]],
  ])("reduces in the papers' places: %d cells at %j", (cells, want) => {
    const groups = reductions(cells);
    expect(groups).toHaveLength(cells);
    expect(groups.flatMap((group, i) => (group === "reduce" ? [i] : []))).toEqual(want);
  });
  it("refuses images that two reductions cannot halve", () => {
    expect(() => make(10, 3, 2)).toThrow(/10×10 .* cells = 3: 2 reductions .* divisible by 4/);
    expect(() => make(10, 1, 2)).not.toThrow();
  });
  it("starts from the same weights whatever else is drawn, inside PyTorch's bounds", () => {
    const net = make(8, 3, 2);
    const [a, b] = [5, 5].map((seed) =>
      tidy(() => Float32Array.from(net.initWeights(createRng(seed))["weights"]?.dataSync() ?? [])),
    );
    expect(a).toEqual(b);
    expect(a).toHaveLength(net.network?.weightCount as number);
    const stem = a?.subarray(0, 6 * 27) ?? new Float32Array();
    const bound = 1 / Math.sqrt(27);
    expect(Math.max(...stem.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...stem)).toBeGreaterThan(0.9 * bound);
    expect(Math.min(...stem)).toBeLessThan(-0.9 * bound);
  });
});

describe("on a batch", () => {
  const [side, batch] = [8, 2];
  const net = make(side, 3, 2);
  const rng = createRng(17);
  const pixels = rng.fork("images").normal(batch * side * side * 3);
  const labels = [3, 8];
  const images = (): Tensor => tensor4d(pixels, [batch, side, side, 3]);
  const logits = (weights: Tensor, mixture: Mixture): Tensor =>
    net.forward({ weights }, mixture, images());
  const loss = (weights: Tensor, mixture: Mixture): Tensor =>
    crossEntropy(logits(weights, mixture), tensor1d(labels, "int32"));
  const read = (f: () => Tensor): Float32Array => tidy(() => Float32Array.from(f().dataSync()));
  const weightsAtStart = read(() => net.initWeights(rng)["weights"] as Tensor);
  const alphaAtStart = ({ name, edges, ops }: AlphaGroup): Float32Array =>
    rng.fork(name).normal(edges.length * ops.length);
  const relaxed = (of?: { readonly name: string; readonly alpha: Tensor }): Mixture =>
    net.relax(
      Object.fromEntries(
        net.groups.map((group) => [
          group.name,
          of?.name === group.name
            ? of.alpha
            : tensor2d(alphaAtStart(group), [group.edges.length, group.ops.length]),
        ]),
      ),
    );

  // A loss near ln 10 in single precision: a smaller step would drown in its rounding.
  const step = 2e-3;
  it("has the weights' gradient of its loss", () => {
    const f = (w: Tensor): Tensor => loss(w, relaxed());
    const shape = [weightsAtStart.length];
    const check = { at: weightsAtStart, shape, rng: rng.fork("by w"), coordinates: 6, step };
    const { relative, size } = gradientError(f, check);
    expect(size).toBeGreaterThan(1e-3);
    expect(relative).toBeLessThan(1e-2);
  });
  it.each(net.groups)("has the $name α's gradient of its loss", (group) => {
    const f = (alpha: Tensor): Tensor =>
      loss(tensor1d(weightsAtStart), relaxed({ name: group.name, alpha }));
    const shape = [group.edges.length, group.ops.length];
    const check = { at: alphaAtStart(group), shape, rng: rng.fork("by α"), coordinates: 6, step };
    const { relative, size } = gradientError(f, check);
    expect(size).toBeGreaterThan(1e-4);
    expect(relative).toBeLessThan(1e-2);
  });
  it("does not change when a constant is added to each edge's α", () => {
    const [before, after] = [0, 3].map((shift) =>
      read(() => {
        const group = net.groups[0] as AlphaGroup;
        const alpha = alphaAtStart(group).map((a) => a + shift);
        const shape: [number, number] = [group.edges.length, group.ops.length];
        return net.relax({
          normal: tensor2d(alpha, shape),
          reduce: tensor2d(alpha, shape),
        }).weights["normal"] as Tensor;
      }),
    );
    expect(distance(after as Float32Array, before as Float32Array)).toBeLessThan(1e-6);
  });

  describe("with one candidate on every edge", () => {
    const chosen = ({ edges, ops }: AlphaGroup): number[] =>
      edges.map((_, e) => (5 * e + 3) % ops.length);
    const oneHot = (): Record<string, Tensor2D> =>
      Object.fromEntries(
        net.groups.map((group) => {
          const rows = chosen(group).map((op) => group.ops.map((_, o) => (o === op ? 1 : 0)));
          return [group.name, tensor2d(rows)];
        }),
      );
    const active = Object.fromEntries(
      net.groups.map((group) => [group.name, chosen(group).map((op) => [op])]),
    );
    const everything = (): Tensor => logits(tensor1d(weightsAtStart), { weights: oneHot() });
    const masked = (): Tensor => logits(tensor1d(weightsAtStart), { weights: oneHot(), active });
    const depthwiseCalls = async (f: () => Tensor): Promise<number> => {
      const { kernels } = await profile(f);
      return kernels.filter(({ name }) => name === "DepthwiseConv2dNative").length;
    };

    it("a mask leaves the logits as they are", () => {
      expect(distance(read(masked), read(everything))).toBeLessThan(1e-6);
    });
    it("a mask saves the candidates it switches off", async () => {
      const before = memory().numTensors;
      // Per edge 2 + 2 + 1 + 1 in the convolutions; one average pool a source node.
      expect(await depthwiseCalls(() => tidy(everything))).toBe(3 * (5 * 6 + 3));
      const perCell = (group: AlphaGroup | undefined): number =>
        group
          ? chosen(group).reduce((n, op) => n + ([0, 0, 1, 0, 2, 2, 1, 1][op] as number), 0)
          : 0;
      const [normal, reduce] = net.groups;
      const want = perCell(normal) + 2 * perCell(reduce);
      expect(await depthwiseCalls(() => tidy(masked))).toBe(want);
      expect(memory().numTensors - before).toBe(2); // the two results
    });
    it("a mask that leaves only none gives zeros that can be classified", () => {
      const nothing = Object.fromEntries(
        net.groups.map((group) => [group.name, group.edges.map(() => [0])]),
      );
      const bias = (weights: Float32Array): Float32Array => weights.slice(-classes);
      const y = read(() =>
        logits(tensor1d(weightsAtStart), { weights: oneHot(), active: nothing }),
      );
      expect(distance(y.slice(0, classes), bias(weightsAtStart))).toBeLessThan(1e-6);
    });
  });

  it("derives a genotype of both cells in DARTS's text form", () => {
    const alpha = Object.fromEntries(
      net.groups.map(({ name, edges, ops }) => [
        name,
        Float32Array.from(edges.flatMap((_, e) => ops.map((_, o) => (o === 4 ? 1 + e : 0)))),
      ]),
    );
    const { text, groups } = net.derive(alpha);
    const cell =
      "[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 2), ('sep_conv_3x3', 1)]";
    expect(text).toBe(
      `Genotype(normal=${cell}, normal_concat=range(2, 4), reduce=${cell}, reduce_concat=range(2, 4))`,
    );
    expect(groups["reduce"]?.[2]).toEqual({ from: 2, to: 3, op: "sep_conv_3x3" });
  });
});

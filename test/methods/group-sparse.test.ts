/** @file A channel's score and its filters as one group of the sparsity penalty: the proximal step, alone and in a search. */
import { type Tensor, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { bindWasm } from "../../src/engine/bind/wasm.ts";
import { completeHyper } from "../../src/engine/core/hyper.ts";
import { createOptimizer } from "../../src/engine/core/optim.ts";
import type { Filters, Params } from "../../src/engine/core/params.ts";
import { createRng } from "../../src/engine/core/rng.ts";
import { shrinkPairs } from "../../src/engine/methods/group-sparse.ts";
import { methods } from "../../src/engine/methods/index.ts";
import type { Network } from "../../src/engine/network/network.ts";
import { width } from "../../src/engine/spaces/width.ts";
import { blobs } from "../support/blobs.ts";
import { plainSgd, read } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const net = width.supernet(
  { kind: "image", input: [8, 8, 3], classes: 3 },
  { stages: 2, blocks: 1, channels: 3, prune: 0.4 },
);
const network = net.network as Network;
const filters = net.filters as Filters;
/** By hand: what writes into each stage's stream, and into the inside of its block. */
const makers: Readonly<Record<string, readonly string[]>> = {
  stage1: ["stem.w", "stages.0.blocks.0.b.w"],
  "stage1.block1": ["stages.0.blocks.0.a.w"],
  stage2: ["stages.1.down.w", "stages.1.blocks.0.b.w"],
  "stage2.block1": ["stages.1.blocks.0.a.w"],
};

interface Point {
  readonly weights: Float32Array;
  readonly alpha: Readonly<Record<string, Float32Array>>;
}
const rng = createRng(3);
const point: Point = {
  weights: rng.fork("w").normal(network.weightCount),
  alpha: Object.fromEntries(
    net.groups.map(({ name, edges }) => [name, rng.fork(name).normal(edges.length)]),
  ),
};
const upload = ({ weights, alpha }: Point) => ({
  weights: { weights: tensor1d(weights) },
  alpha: Object.fromEntries(
    Object.entries(alpha).map(([name, a]) => [name, tensor2d(a, [a.length, 1])]),
  ),
});
const numbers = (tensor: Tensor | undefined) =>
  Float32Array.from((tensor as Tensor).dataSync<"float32">());
const download = ({ weights, alpha }: { weights: Params; alpha: Params }): Point => ({
  weights: numbers(weights["weights"]),
  alpha: Object.fromEntries(Object.entries(alpha).map(([name, a]) => [name, numbers(a)])),
});
/** Every group as one vector, score first. */
const pairsOf = ({ weights, alpha }: Point): readonly (readonly number[])[] =>
  Object.entries(makers).flatMap(([name, names]) =>
    Array.from(alpha[name] as Float32Array, (score, c) => [
      score,
      ...names.flatMap((weight) => {
        const slot = network.weights.find((w) => w.name === weight);
        if (!slot) throw new Error(`no weight ${weight}`);
        const size = slot.shape.slice(1).reduce((a, b) => a * b, 1);
        return [...weights.subarray(slot.offset + c * size, slot.offset + (c + 1) * size)];
      }),
    ]),
  );
const normOf = (x: readonly number[]) => Math.hypot(...x);
const shrunk = (at: Point, by: number) =>
  tidy(() => download(shrinkPairs(upload(at), filters, by) as never) as never) as Point;

/** `found` is `before` shrunk by `by`: each group's norm by so much, in its own direction, and to 0 below. */
function expectShrunk(found: Point, before: Point, by: number): void {
  const [now, then] = [pairsOf(found), pairsOf(before)];
  then.forEach((z, i) => {
    const factor = Math.max(0, 1 - by / normOf(z));
    z.forEach((value, k) => {
      expect(now[i]?.[k]).toBeCloseTo(value * factor, 5);
    });
    expect(normOf(now[i] ?? [])).toBeCloseTo(Math.max(0, normOf(z) - by), 4);
    if (factor === 0) expect(now[i]?.every((value) => value === 0)).toBe(true);
  });
}

describe("the proximal step", () => {
  const norms = pairsOf(point).map(normOf);
  const median = norms.sort((a, b) => a - b)[Math.floor(norms.length / 2)] as number;
  it("shrinks the norm of every group by τ, and what has no more to 0", () => {
    for (const by of [0.1, median, 1000]) expectShrunk(shrunk(point, by), point, by);
    const zeros = pairsOf(shrunk(point, median)).filter((x) => normOf(x) === 0).length;
    expect(zeros).toBeGreaterThan(0);
    expect(zeros).toBeLessThan(norms.length);
  });
  it("leaves weights alone that make no channel", () => {
    const grouped = new Set(Object.values(makers).flat());
    const found = shrunk(point, 1);
    const others = network.weights.filter(({ name }) => !grouped.has(name));
    expect(others.map(({ name }) => name)).toEqual(["fc_w", "fc_b"]);
    for (const { offset, shape } of others) {
      const end = offset + shape.reduce((a, b) => a * b, 1);
      expect(found.weights.slice(offset, end)).toEqual(point.weights.slice(offset, end));
    }
  });
  it("is the minimiser of ½‖x − z‖² + τ‖x‖", () => {
    const by = 2;
    const [z, x] = [pairsOf(point)[0], pairsOf(shrunk(point, by))[0]] as [number[], number[]];
    const at = (y: readonly number[]) =>
      normOf(y.map((value, k) => value - (z[k] as number))) ** 2 / 2 + by * normOf(y);
    const aside = createRng(9).normal(x.length);
    for (const size of [-0.01, 0.01])
      expect(at(x)).toBeLessThan(at(x.map((value, k) => value + size * (aside[k] as number))));
  });
});

it.each(["darts", "rarts", "milenas"])("comes after %s's own step, by η_α·μ", async (id) => {
  const method = methods.find((m) => m.id === id) as (typeof methods)[number];
  const data = await blobs.open(read, {});
  const problem = await bindWasm(net, data, 4);
  const sgd = (lr: number) => createOptimizer(plainSgd(lr), 0);
  const stepWith = (sparsity: number, rate = 0.1): Point =>
    tidy(() => {
      const optimizers = { weights: sgd(0.05), alpha: sgd(rate) };
      const hyper = completeHyper(method.hyper, { sparsity, withFilters: 1 });
      const [train, val] = (["train", "val"] as const).map((split) => ({
        ...data.sample(split, { step: 0, size: 4, rng }),
      }));
      const start = method.init(problem, optimizers, rng, hyper);
      const context = { train, val, hyper, optimizers, rng, step: 0, progress: 0, alphaOnHost: {} };
      return download(method.step(problem, start, context as never).state) as never;
    }) as Point;
  const plain = stepWith(0);
  for (const mu of [1, 8]) expectShrunk(stepWith(mu), plain, 0.1 * mu);
  expect(
    pairsOf(stepWith(10, 1))
      .flat()
      .every((x) => x === 0),
  ).toBe(true);
  problem.dispose();
});

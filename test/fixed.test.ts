/** @file Training of a genotype: what it takes, what it refuses, and how its network is judged. */
import {
  concat,
  memory,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { bindWasm } from "../src/engine/bind/wasm.ts";
import { createRng } from "../src/engine/core/rng.ts";
import type { Moments, Supernet } from "../src/engine/problem.ts";
import { populationMoments } from "../src/engine/run/population.ts";
import { nb201 } from "../src/engine/spaces/nb201.ts";
import { parseGenotype } from "../src/genotype/formats.ts";
import { blobs } from "./support/blobs.ts";
import { distance } from "./support/matrices.ts";
import { make, read, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const text = "|nor_conv_3x3~0|+|avg_pool_3x3~0|skip_connect~1|";
const spec = { ...specOf("fixed", "nb201", "blobs"), genotype: text };

describe("a run of fixed", () => {
  it("trains what it is given and shows it", async () => {
    using run = await make({ ...spec, steps: 60, batchSize: 8 });
    const { records, genotype } = await run.step(60);
    expect(genotype.text).toBe(text);
    const mean = (from: number) =>
      records.slice(from, from + 10).reduce((sum, r) => sum + r.trainLoss / 10, 0);
    expect(mean(50)).toBeLessThan(0.7 * mean(0));
  });
  it("reads JSON, and sizes of its own", async () => {
    const json = JSON.stringify(parseGenotype(text));
    using run = await make({
      ...spec,
      genotype: json,
      spaceHyper: { ...spec.spaceHyper, cells: 3 },
    });
    expect((await run.step(1)).genotype.text).toBe(text);
  });
  it("draws a genotype of its seed where it is given none, and says which", async () => {
    const { genotype: _, ...open } = spec;
    const texts = [];
    for (const seed of [1, 2, 3, 4]) {
      using run = await make({ ...open, seed });
      expect(run.spec.genotype).toBe((await run.step(0)).genotype.text);
      texts.push(run.spec.genotype);
    }
    expect(new Set(texts).size).toBeGreaterThan(1);
    using again = await make({ ...open, seed: 1 });
    expect(again.spec.genotype).toBe(texts[0]);
  });
  it("refuses what is no genotype, with its place, and methods that search", async () => {
    await expect(make({ ...spec, genotype: "|nor_conv_3x3~1|" })).rejects.toThrow(
      /genotype "\|nor_conv_3x3~1\|": line 1, column 15: expected the predecessor/,
    );
    await expect(make({ ...spec, genotype: "|sep_conv_3x3~0|" })).rejects.toThrow(
      'an op "sep_conv_3x3"; there are none, skip_connect',
    );
    await expect(make({ ...spec, method: "darts" })).rejects.toThrow(
      'method "darts" searches and takes no genotype: "|nor_conv_3x3~0|+',
    );
    await expect(make({ ...specOf("fixed", "toy", "toy") })).rejects.toThrow(
      'space "toy" has no genotypes',
    );
  });
  it("does not go on from another genotype's checkpoint, and frees what it read", async () => {
    using run = await make(spec);
    const bytes = await run.checkpoint();
    const before = memory().numTensors;
    const other = { ...spec, genotype: text.replace("avg_pool_3x3", "skip_connect") };
    await expect(make(other, bytes)).rejects.toThrow(/the checkpoint is of the genotype/);
    expect(memory().numTensors).toBe(before);
  });
  it("is judged alike on both executors, and goes on unmoved", async () => {
    using fast = await make(spec);
    using slow = await make(spec, undefined, bindReference);
    using unwatched = await make(spec);
    const [a, b] = [await fast.evaluate(), await slow.evaluate()];
    expect(a.examples).toBe(8);
    expect(a.accuracy).toBe(b.accuracy);
    expect(a.loss).toBeCloseTo(b.loss, 4);
    expect((await fast.step(2)).records).toEqual((await unwatched.step(2)).records);
  });
});

describe.each([
  ["reference", bindReference],
  ["wasm", bindWasm],
] as const)("moments on the %s", (_, bind) => {
  const net = nb201.derived?.(
    blobs.signature,
    { stages: 2, cells: 1, channels: 3, nodes: 3 },
    parseGenotype(text).groups,
  ) as Supernet;
  const rng = createRng(4);
  const image = (name: string) => rng.fork(name).normal(8 * 8 * 3);
  const batchOf = (...names: string[]) => ({
    split: "val" as const,
    x: tensor4d(Float32Array.from(names.flatMap((n) => [...image(n)])), [names.length, 8, 8, 3]),
    y: tensor1d(
      names.map((_, i) => i % 3),
      "int32",
    ),
  });

  it("given as a batch has them change nothing; given others, they do", async () => {
    const problem = await bind(net, await blobs.open(read, {}), 4);
    const weights = problem.initWeights(rng);
    const mixture = { weights: {} };
    const [one, other] = [batchOf("a", "b", "c", "d"), batchOf("e", "f", "g", "h")];
    const loss = (moments?: Moments) =>
      problem.score?.(weights, mixture, one, moments).loss.dataSync()[0] as number;
    const own = loss();
    expect(loss(problem.measure?.(weights, mixture, one))).toBeCloseTo(own, 5);
    expect(Math.abs(loss(problem.measure?.(weights, mixture, other)) - own)).toBeGreaterThan(1e-3);
    expect(loss()).toBe(own); // what was given is forgotten
    problem.dispose();
  });
  it("are the same on both executors", async () => {
    const problem = await bind(net, await blobs.open(read, {}), 4);
    const weights = problem.initWeights(rng);
    const batch = batchOf("a", "b", "c", "d");
    const table = problem.measure?.(weights, { weights: {} }, batch) as Moments;
    const wanted = net.measure?.(weights, { weights: {} }, batch.x) as Moments;
    expect(table.shape).toEqual(wanted.shape);
    expect(distance(table.dataSync<"float32">(), wanted.dataSync<"float32">())).toBeLessThan(1e-4);
    problem.dispose();
  });
});

it("the moments of the training half are those of all its images at once, where no norm came before", async () => {
  const net = nb201.derived?.(
    blobs.signature,
    { stages: 1, cells: 1, channels: 3, nodes: 3 },
    parseGenotype(text).groups,
  ) as Supernet;
  const task = await blobs.open(read, {});
  const problem = await bindWasm(net, task, 4);
  const state = { weights: problem.initWeights(createRng(8)), alpha: {} };
  const together = await populationMoments(
    { ...problem, relax: () => ({ weights: {} }) },
    task,
    state,
    4,
  );
  const batches = await Promise.all([0, 1].map((i) => task.inOrder?.("train", i, 4)));
  const x = concat(batches.map((batch) => batch?.x as Tensor4D));
  const wanted = net.measure?.(state.weights, { weights: {} }, x) as Moments;
  const stem = (moments: Moments | undefined) =>
    moments?.dataSync<"float32">().slice(0, 2 * 3) ?? [];
  expect(Math.max(...stem(wanted))).toBeGreaterThan(0.05);
  expect(distance(stem(together), stem(wanted))).toBeLessThan(1e-4);
  problem.dispose();
});

it("an image's logits do not depend on its neighbours once moments are given", () => {
  const net = nb201.derived?.(
    blobs.signature,
    { stages: 2, cells: 1, channels: 3, nodes: 3 },
    parseGenotype(text).groups,
  ) as Supernet;
  tidy(() => {
    const rng = createRng(6);
    const weights = net.initWeights(rng);
    const pixels = (name: string) => [...rng.fork(name).normal(8 * 8 * 3)];
    const x = (...names: string[]) =>
      tensor4d(names.flatMap(pixels), [names.length, 8, 8, 3]) as Tensor4D;
    const moments = net.measure?.(weights, { weights: {} }, x("a", "b", "c"));
    const logits = (...names: string[]) =>
      (net.forward(weights, { weights: {} }, x(...names), moments) as Tensor1D)
        .dataSync<"float32">()
        .slice(0, 3);
    expect(distance(logits("d", "e"), logits("d", "f", "g"))).toBeLessThan(1e-5);
  });
});

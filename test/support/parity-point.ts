/** @file PyTorch's figures as a point for compiled networks, and the way back from the mixture's gradient to α's. */
import { readFileSync } from "node:fs";
import { type ConvFixture, type Figures, readFixture } from "../../scripts/parity/fixture.ts";
import { flatten, subjectOf } from "../../scripts/parity/subject.ts";
import type { Network } from "../../src/engine/network/network.ts";
import type { Point } from "../../src/engine/wasm/slot.ts";
import { softmaxRows } from "../../src/genotype/softmax.ts";
import { distance } from "./matrices.ts";

interface Gradients {
  readonly loss: number;
  readonly weights?: ArrayLike<number>;
  readonly mixture?: Readonly<Record<string, ArrayLike<number>>>;
}
const file = "parity-conv-c4-cells3-nodes2.json";

/** The fixture's network, its training batch, and the distances of a result from what PyTorch has there. */
export function parityPoint() {
  const text = readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8");
  const fixture = readFixture(text, file) as ConvFixture;
  const { config, operations, train, weights, alpha, expect } = fixture;
  const subject = subjectOf(fixture);
  const network = subject.net.network as Network;
  const ops = operations.length;
  const mixture = Object.fromEntries(
    Object.entries(alpha).map(([name, { values }]) => [
      name,
      Float32Array.from(softmaxRows(values, ops)),
    ]),
  );
  const point: Point = {
    weights: flatten(subject, weights, file),
    mixture,
    images: channelsLast(train.images.values, 3, config.size ** 2),
    labels: train.labels,
    wrt: "both",
  };
  const errors = (result: Gradients): Readonly<Record<string, number>> => ({
    loss: Math.abs(result.loss - expect.trainLoss),
    weights: distance(result.weights ?? [], flatten(subject, expect.gradWeights, file)),
    ...Object.fromEntries(
      Object.entries(mixture).map(([name, p]) => {
        const found = softmaxBack(p, result.mixture?.[name] ?? [], ops);
        return [name, distance(found, (expect.gradAlphaTrain[name] as Figures).values)];
      }),
    ),
  });
  return { network, batch: config.batch, point, errors };
}

/** ∂α of ∂p for p = softmax(α), row by row. */
function softmaxBack(p: Float32Array, dp: ArrayLike<number>, width: number): Float32Array {
  return p.map((share, i) => {
    const row = i - (i % width);
    let mean = 0;
    for (let k = row; k < row + width; k++) mean += (p[k] as number) * (dp[k] as number);
    return share * ((dp[i] as number) - mean);
  });
}
/** (batch, channels, pixels) → (batch, pixels, channels). */
function channelsLast(x: Float32Array, channels: number, pixels: number): Float32Array {
  return x.map((_, i) => {
    const n = Math.floor(i / (channels * pixels));
    const [p, c] = [Math.floor(i / channels) % pixels, i % channels];
    return x[(n * channels + c) * pixels + p] as number;
  });
}

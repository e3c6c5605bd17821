/** @file PyTorch's figures as a point for compiled networks, and the way back from the mixture's gradient to α's. */
import type { Network } from "../../src/engine/network/network.ts";
import { dartsConv } from "../../src/engine/spaces/darts-conv.ts";
import type { Point } from "../../src/engine/wasm/slot.ts";
import { relative } from "./compiled.ts";
import { type Figures, flatten, numbers, readConvFixture } from "./parity.ts";

interface Gradients {
  readonly loss: number;
  readonly weights?: ArrayLike<number>;
  readonly mixture?: Readonly<Record<string, ArrayLike<number>>>;
}

/** The fixture's network, its training batch, and the distances of a result from what PyTorch has there. */
export function parityPoint() {
  const { config, operations, train, weights, alpha, expect } = readConvFixture();
  const { network } = dartsConv.supernet(
    { kind: "image", input: [config.size, config.size, 3], classes: config.classes },
    { cells: config.cells, channels: config.C, nodes: config.nodes },
  ) as { network: Network };
  const ops = operations.length;
  const mixture = Object.fromEntries(
    Object.entries(alpha).map(([name, figures]) => [name, softmaxRows(numbers(figures), ops)]),
  );
  const point: Point = {
    weights: flatten(network, weights),
    mixture,
    images: channelsLast(numbers(train.images), 3, config.size ** 2),
    labels: train.labels,
    wrt: "both",
  };
  const errors = (result: Gradients): Readonly<Record<string, number>> => ({
    loss: Math.abs(result.loss - expect.train_loss),
    weights: relative(result.weights ?? [], flatten(network, expect.grad_weights)),
    ...Object.fromEntries(
      Object.entries(mixture).map(([name, p]) => {
        const found = softmaxBack(p, result.mixture?.[name] ?? [], ops);
        return [name, relative(found, numbers(expect.grad_alpha_train[name] as Figures))];
      }),
    ),
  });
  return { network, batch: config.batch, point, errors };
}

function softmaxRows(a: Float32Array, width: number): Float32Array {
  const out = a.map(Math.exp);
  for (let i = 0; i < out.length; i += width) {
    const row = out.subarray(i, i + width);
    const sum = row.reduce((x, y) => x + y, 0);
    row.forEach((v, k) => {
      row[k] = v / sum;
    });
  }
  return out;
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

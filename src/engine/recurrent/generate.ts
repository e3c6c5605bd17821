/** @file Draws what comes next, token by token, from a recurrent network. */
import type { Rng } from "../core/rng.ts";
import type { RecurrentNetwork } from "../network/recurrent.ts";
import { forward } from "./forward.ts";
import { plainMachine } from "./machine.ts";
import { transposed } from "./multiply.ts";
import { createTape, edgeShares, shapesOf, weightViews } from "./tape.ts";

export interface Drawing {
  /** (weightCount). */
  readonly weights: Float32Array;
  /** (edges, ops). */
  readonly mixture: Float32Array;
  /** Tokens to begin with, (batch, length), length at least 1. */
  readonly prompt: ArrayLike<number>;
  readonly batch: number;
  /** How many tokens to draw. */
  readonly count: number;
  /** Divides the logits: near 0 the likeliest token, 1 as learnt, more for wilder ones. */
  readonly temperature: number;
  readonly rng: Rng;
}

/**
 * The tokens drawn, (batch, count). Batch norm sees the sequences that are being drawn, as in a training step: that is
 * why many are drawn at once, and begin with different prompts.
 */
export function generate(network: RecurrentNetwork, drawing: Drawing): Uint16Array {
  const { prompt, batch, count, temperature, rng } = drawing;
  const step = { ...network, length: 1 };
  const tape = createTape(step, batch, plainMachine, shapesOf(step, batch));
  const weight = weightViews(network, drawing.weights);
  const shares = edgeShares(network, drawing.mixture);
  const length = prompt.length / batch;
  const given = transposed(Float32Array.from(prompt), batch, length);
  const drawn = new Uint16Array(batch * count);
  const [before, after] = tape.carried as [Float32Array, Float32Array];
  let tokens: ArrayLike<number> = given.subarray(0, batch);
  for (let t = 1; t < length + count; t++) {
    forward(tape, weight, shares, tokens);
    before.set(after);
    if (t < length) tokens = given.subarray(t * batch, (t + 1) * batch);
    else {
      tokens = choose(tape.logits, batch, temperature, rng.fork(t).uniform(batch));
      for (let n = 0; n < batch; n++) drawn[n * count + t - length] = tokens[n] as number;
    }
  }
  return drawn;
}

/** One token a row of logits (batch, vocabulary), by inversion of `uniform` (batch). */
function choose(
  logits: Float32Array,
  batch: number,
  temperature: number,
  uniform: Float32Array,
): number[] {
  const vocabulary = logits.length / batch;
  return Array.from(uniform, (u, n) => {
    const row = logits.subarray(n * vocabulary, (n + 1) * vocabulary);
    const peak = Math.max(...row);
    const weights = Array.from(row, (x) => Math.exp((x - peak) / temperature));
    let left = u * weights.reduce((a, b) => a + b, 0);
    const token = weights.findIndex((w) => {
      left -= w;
      return left < 0;
    });
    return token < 0 ? weights.indexOf(Math.max(...weights)) : token;
  });
}

/** @file Which examples each minibatch holds: a pure function of the draw, whatever has been loaded. */
import type { Rng } from "../core/rng.ts";
import { SpecError } from "../errors.ts";
import type { Draw, Split } from "../problem.ts";

/** Indices (batch) into the examples of one split, 0 … sum of the blocks − 1. */
export type Order = (split: Split, draw: Draw) => Uint32Array;

/**
 * Draws without replacement from examples that arrive in blocks of these sizes, one block after another.
 * The first epoch visits block after block, shuffled inside each, so that it can start before all have arrived;
 * later epochs are permutations of all. What an epoch's last full batch leaves over is skipped until the next.
 * The function returned throws `SpecError` if a batch is larger than an epoch.
 */
export function createOrder(blocks: readonly number[]): Order {
  const total = blocks.reduce((a, b) => a + b, 0);
  const cache: Partial<Record<Split, { rng: Rng; epoch: number; order: Uint32Array }>> = {};
  return (split, { step, size, rng }) => {
    if (size > total) {
      throw new SpecError(`batchSize = ${size} is above ${total}, the images of one half`);
    }
    const batches = Math.floor(total / size);
    const epoch = Math.floor(step / batches);
    let last = cache[split];
    if (last?.rng !== rng || last.epoch !== epoch) {
      const uniform = rng.fork("order").fork(split).fork(epoch).uniform(total);
      last = { rng, epoch, order: shuffle(epoch === 0 ? blocks : [total], uniform) };
      cache[split] = last;
    }
    const start = (step % batches) * size;
    return last.order.subarray(start, start + size);
  };
}

/** 0 … n − 1 with each block shuffled in place (Fisher–Yates); `uniform` (n) holds numbers from [0, 1]. */
function shuffle(blocks: readonly number[], uniform: Float32Array): Uint32Array {
  const order = Uint32Array.from(uniform, (_, i) => i);
  let start = 0;
  for (const count of blocks) {
    for (let i = count - 1; i > 0; i--) {
      const j = pick(uniform[start + i] as number, i + 1);
      const kept = order[start + i] as number;
      order[start + i] = order[start + j] as number;
      order[start + j] = kept;
    }
    start += count;
  }
  return order;
}

/** An integer in [0, n) from a number in [0, 1]; a uniform number may round up to 1 in single precision. */
export const pick = (uniform: number, n: number): number =>
  Math.min(n - 1, Math.floor(uniform * n));

/** @file Choosing and shrinking images: pure functions on labels and pixels. */
import type { ImageShard } from "../../src/engine/tasks/formats/shard.ts";

/**
 * Indices of the first `perClass` examples of each class in their given order, round-robin over the classes:
 * first of class 0, first of class 1, …, second of class 0, …. Throws if a class has too few.
 */
export function roundRobin(labels: readonly number[], classes: number, perClass: number): number[] {
  const byClass = Array.from({ length: classes }, (_, label) =>
    labels.flatMap((value, index) => (value === label ? [index] : [])),
  );
  const short = byClass.findIndex((indices) => indices.length < perClass);
  if (short >= 0) {
    throw new Error(`class ${short} has ${byClass[short]?.length} images, not ${perClass}`);
  }
  return Array.from({ length: perClass }, (_, k) =>
    byClass.flatMap((of) => of.slice(k, k + 1)),
  ).flat();
}

/**
 * Mean of each f × f box, rounded half up, of one RGB image (from, from, 3) → (to, to, 3) with f = from / to.
 * For f = 2 this is (a + b + c + d + 2) >> 2.
 */
export function boxAverage(image: Uint8Array, from: number, to: number): Uint8Array {
  const f = from / to;
  if (!Number.isInteger(f)) throw new Error(`${from} pixels cannot be averaged to ${to}`);
  const half = Math.floor((f * f) / 2);
  const out = new Uint8Array(to * to * 3);
  for (let i = 0; i < out.length; i++) {
    const [y, x, c] = [Math.floor(i / (3 * to)), Math.floor(i / 3) % to, i % 3];
    let sum = half;
    for (let dy = 0; dy < f; dy++) {
      for (let dx = 0; dx < f; dx++)
        sum += image[((y * f + dy) * from + x * f + dx) * 3 + c] as number;
    }
    out[i] = Math.floor(sum / (f * f));
  }
  return out;
}

/** Mean and standard deviation per channel of all pixels, on a scale from 0 to 1, to six decimals. */
export function channelStatistics(shards: readonly ImageShard[]): {
  mean: number[];
  std: number[];
} {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  let n = 0;
  for (const { pixels } of shards) {
    n += pixels.length / 3;
    for (let i = 0; i < pixels.length; i++) {
      const value = pixels[i] as number;
      sums[i % 3] = (sums[i % 3] as number) + value;
      squares[i % 3] = (squares[i % 3] as number) + value ** 2;
    }
  }
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  // The sums are whole numbers below 2⁵³, so they are exact and every machine rounds alike.
  return {
    mean: sums.map((sum) => round(sum / n / 255)),
    std: squares.map((sum, c) => round(Math.sqrt(sum / n - ((sums[c] as number) / n) ** 2) / 255)),
  };
}

/** @file Random crop and flip of a minibatch, as in the DARTS code: crop of the zero-padded image, then mirror. */
import type { Rng } from "../core/rng.ts";
import { pick } from "./order.ts";

/** Where one image is read: its window shifted by (dy, dx) pixels, mirrored left to right or not. */
export interface Move {
  readonly dy: number;
  readonly dx: number;
  readonly flip: boolean;
}
export const still: Move = { dy: 0, dx: 0, flip: false };

/** One move for each of `count` images: shifts from −padding to padding, and a mirror image half of the time. */
export function drawMoves(rng: Rng, count: number, padding: number): Move[] {
  const uniform = rng.uniform(3 * count);
  const at = (i: number, n: number) => pick(uniform[i] as number, n);
  return Array.from({ length: count }, (_, i) => ({
    dy: at(3 * i, 2 * padding + 1) - padding,
    dx: at(3 * i + 1, 2 * padding + 1) - padding,
    flip: at(3 * i + 2, 2) === 1,
  }));
}

/** (3, 256): a byte of channel c → its normalised value. */
export type Scale = Float32Array;

/** (v / 255 − mean) / std per channel, for every byte v. */
export function normalise(mean: readonly number[], std: readonly number[]): Scale {
  return Float32Array.from(
    { length: 3 * 256 },
    (_, i) => ((i % 256) / 255 - (mean[i >> 8] as number)) / (std[i >> 8] as number),
  );
}

/**
 * Writes one image, moved and normalised, to `out`; both are (size, size, 3).
 * What lies outside the image is black, because DARTS pads before it normalises.
 */
export function writeImage(
  out: Float32Array,
  pixels: Uint8Array,
  size: number,
  scale: Scale,
  { dy, dx, flip }: Move,
): void {
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const row = y + dy;
      const column = (flip ? size - 1 - x : x) + dx;
      const inside = row >= 0 && row < size && column >= 0 && column < size;
      for (let c = 0; c < 3; c++) {
        const value = inside ? (pixels[(row * size + column) * 3 + c] as number) : 0;
        out[(y * size + x) * 3 + c] = scale[c * 256 + value] as number;
      }
    }
  }
}

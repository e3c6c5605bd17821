/** @file Images taken apart into their even and odd pixels; transposes only, whose gradients are right on every backend. */
import { pad, reshape, slice, type Tensor4D, transpose } from "@tensorflow/tfjs-core";

/** The image with a last row and column of zeros where it has an odd number of them. */
export function evenSided(x: Tensor4D): Tensor4D {
  const [, height, width] = x.shape;
  if (height % 2 === 0 && width % 2 === 0) return x;
  return pad(x, [
    [0, 0],
    [0, height % 2],
    [0, width % 2],
    [0, 0],
  ]);
}

/** (batch, 2h, 2w, channels) → (4·batch, h, w, channels): the pixels (0, 0), (0, 1), (1, 0), (1, 1) of each 2×2. */
export function toPhases(x: Tensor4D): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [h, w] = [height / 2, width / 2];
  const pairs = reshape(x, [batch * h, 2, w, 2, channels]);
  return reshape(transpose(pairs, [1, 3, 0, 2, 4]), [4 * batch, h, w, channels]);
}

/** The inverse of `toPhases`. */
export function fromPhases(phases: Tensor4D): Tensor4D {
  const [batches, h, w, channels] = phases.shape;
  const apart = reshape(phases, [2, 2, (batches / 4) * h, w, channels]);
  return reshape(transpose(apart, [2, 0, 3, 1, 4]), [batches / 4, 2 * h, 2 * w, channels]);
}

/** (batch, 2h, 2w, channels) → (batch, h, w, channels): every second pixel of both axes, from (shift, shift). */
export function phase(x: Tensor4D, shift: 0 | 1): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const size: [number, number, number, number] = [batch, height / 2, width / 2, channels];
  return slice(toPhases(x), [3 * shift * batch, 0, 0, 0], size);
}

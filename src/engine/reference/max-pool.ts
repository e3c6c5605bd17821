/** @file 3×3 maxima over the pixels inside the image. */
import { maximum, pad, reshape, slice, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import { phase } from "./phases.ts";

/** Below every activation, and finite in single precision. */
const lowest = -3.4e38;

/**
 * (batch, height, width, channels) → (batch, ⌈height/stride⌉, ⌈width/stride⌉, channels). Of equal maxima the first in
 * reading order gets the gradient, as in PyTorch; tfjs's own maxPool takes the first on cpu and the last on webgl and
 * webgpu (4.22). Areas of one colour make such ties.
 */
export function maxPool(x: Tensor4D, stride: 1 | 2): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  // One pixel all round, and at stride 2 what makes the sides even; no window that is kept reads the latter.
  const after = (side: number): number => 1 + (side % stride);
  const image = pad(
    x,
    [
      [0, 0],
      [1, after(height)],
      [1, after(width)],
      [0, 0],
    ],
    lowest,
  );
  const [, rows, columns] = image.shape;
  // A window is a shift of the flat image; where it wraps round a side, the result is cut off below.
  const flat = reshape(image, [image.size]);
  const down = largestOfThree(flat, columns * channels);
  const both = largestOfThree(down, channels);
  const size: Size = [batch, rows, columns, channels];
  const everywhere = reshape(pad(both, [[0, flat.size - both.size]]), size) as Tensor4D;
  if (stride === 1) return slice(everywhere, [0, 0, 0, 0], [batch, height, width, channels]);
  const halves: Size = [batch, Math.ceil(height / 2), Math.ceil(width / 2), channels];
  return slice(phase(everywhere, 0), [0, 0, 0, 0], halves);
}

type Size = [batch: number, height: number, width: number, channels: number];

/** max(x[i], x[i + distance], x[i + 2·distance]); maximum() gives the gradient of equal operands to the first. */
function largestOfThree(x: Tensor, distance: number): Tensor {
  const length = x.size - 2 * distance;
  const at = (i: number): Tensor => slice(x, [i * distance], [length]);
  return maximum(maximum(at(0), at(1)), at(2));
}

/** @file 3×3 pooling that does not count its padding. */
import { div, maximum, type Tensor, type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";
import type { Evaluation, LayerOf } from "./evaluation.ts";
import { total } from "./sum.ts";
import { padded, taps } from "./taps.ts";

/** Below every activation, and finite in single precision. */
const lowest = -3.4e38;

/**
 * (batch, height, width, channels) → (batch, ⌈height/stride⌉, ⌈width/stride⌉, channels), rows first, then columns.
 * Of equal maxima the first in reading order gets the gradient, as in PyTorch. tfjs's own avgPool divides its
 * gradient by 9 at the border too (4.22), and the backends' maxPool gradients differ on ties.
 */
export function pool({ x, reduce, stride, shape }: LayerOf<"pool">, at: Evaluation): Tensor {
  const windows = { kernel: 3, dilation: 1, stride } as const;
  const [, height, width] = shape as readonly [number, number, number];
  const isMax = reduce === "max";
  const combine = isMax ? largest : total;
  const source = at.image(x);
  const image = padded(source, windows, isMax ? lowest : 0);
  const rows = combine(taps(image, 1, windows, height)) as Tensor4D;
  const both = combine(taps(rows, 2, windows, width));
  return isMax ? both : div(both, insideCounts(source, stride, height, width));
}

// maximum() gives the gradient of equal operands to the first.
const largest = (xs: readonly Tensor[]): Tensor => xs.reduce((a, b) => maximum(a, b));

/** How many pixels of each window lie inside the image, (1, height, width, 1) of the output. */
function insideCounts(
  { shape: [, rows, columns] }: Tensor4D,
  stride: number,
  height: number,
  width: number,
): Tensor4D {
  const along = (side: number, length: number): number[] =>
    Array.from({ length }, (_, i) => {
      const centre = i * stride;
      return 1 + (centre > 0 ? 1 : 0) + (centre < side - 1 ? 1 : 0);
    });
  const across = along(columns, width);
  return tensor4d(
    along(rows, height).flatMap((r) => across.map((c) => r * c)),
    [1, height, width, 1],
  );
}

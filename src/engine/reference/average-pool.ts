/** @file 3×3 averages over the pixels inside the image. */
import { depthwiseConv2d, div, ones, type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";

/**
 * (batch, height, width, channels) → (batch, ⌈height/stride⌉, ⌈width/stride⌉, channels). Sums by a filter of ones, since
 * tfjs's own avgPool divides its gradient by 9 at the border too (4.22).
 */
export function averagePool(x: Tensor4D, stride: 1 | 2): Tensor4D {
  const [, height, width, channels] = x.shape;
  const sums = depthwiseConv2d(x, ones([3, 3, channels, 1]) as Tensor4D, stride, 1) as Tensor4D;
  const rows = insideAlong(height, stride);
  const columns = insideAlong(width, stride);
  const counts = tensor4d(
    rows.flatMap((r) => columns.map((c) => r * c)),
    [1, rows.length, columns.length, 1],
  );
  return div(sums, counts);
}

/** For each window along a side, how many of its three entries are inside. */
const insideAlong = (side: number, stride: number): number[] =>
  Array.from({ length: Math.ceil(side / stride) }, (_, i) => {
    const centre = i * stride;
    return 1 + (centre > 0 ? 1 : 0) + (centre < side - 1 ? 1 : 0);
  });

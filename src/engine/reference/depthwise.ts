/** @file Depthwise convolution, with dilation and stride. */
import { depthwiseConv2d, slice, type Tensor4D, transpose } from "@tensorflow/tfjs-core";
import type { Evaluation, LayerOf } from "./evaluation.ts";
import { evenSided, fromPhases, phase, toPhases } from "./phases.ts";

/**
 * (batch, height, width, channels) → (batch, ⌈height/stride⌉, ⌈width/stride⌉, channels); weight
 * (channels, 1, kernel, kernel). tfjs's depthwiseConv2d has no gradient for dilations (4.22), so a dilation of 2 is
 * undone first: its windows see only every second pixel, that is, one of the image's four phases.
 */
export function depthwise(layer: LayerOf<"depthwise">, at: Evaluation): Tensor4D {
  const { x, weight, kernel, dilation, stride, shape } = layer;
  const image = at.image(x);
  const filter = transpose(at.weight(weight), [2, 3, 0, 1]) as Tensor4D; // (kernel, kernel, channels, 1)
  const convolve = (on: Tensor4D, step: 1 | 2) =>
    depthwiseConv2d(on, filter, step, (kernel - 1) / 2);
  if (dilation === 1) return convolve(image, stride);
  if (dilation !== 2) throw new Error(`dilation = ${dilation} of "${weight}" is not 1 or 2`);
  const even = evenSided(image);
  if (stride === 2) return convolve(phase(even, 0), 1);
  const [channels, height, width] = shape as readonly [number, number, number];
  const whole = fromPhases(convolve(toPhases(even), 1));
  return slice(whole, [0, 0, 0, 0], [image.shape[0], height, width, channels]);
}

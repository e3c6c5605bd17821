/** @file Depthwise convolution, with dilation and stride. */
import { mul, reshape, split, type Tensor, transpose } from "@tensorflow/tfjs-core";
import type { Evaluation, LayerOf } from "./evaluation.ts";
import { total } from "./sum.ts";
import { padded, taps } from "./taps.ts";

/**
 * (batch, height, width, channels) → (batch, ⌈height/stride⌉, ⌈width/stride⌉, channels); weight
 * (channels, 1, kernel, kernel). A sum over taps: tfjs's own depthwiseConv2d has no gradient for dilations (4.22).
 */
export function depthwise(layer: LayerOf<"depthwise">, at: Evaluation): Tensor {
  const { x, weight, kernel } = layer;
  const [channels, height, width] = layer.shape as readonly [number, number, number];
  const image = padded(at.image(x), layer, 0);
  const byTap = transpose(reshape(at.weight(weight), [channels, kernel * kernel]));
  const filters = split(byTap, kernel * kernel); // each (1, channels)
  const views = taps(image, 1, layer, height).flatMap((rows) => taps(rows, 2, layer, width));
  return total(views.map((view, i) => mul(view, filters[i] as Tensor)));
}

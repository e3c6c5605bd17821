/** @file Batch norm with the batch's own statistics. */
import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import type { Evaluation, LayerOf } from "./evaluation.ts";

const epsilon = 1e-5;

/**
 * (x − mean) / √(variance + ε) for each channel of (batch, height, width, channels), biased variance, then scale and
 * shift if there are any. By hand: tfjs's batchNorm has a broken gradient without scale (4.22).
 */
export function norm({ x, affine }: LayerOf<"norm">, at: Evaluation): Tensor {
  const image = at.image(x);
  const channels = image.shape[3];
  const pixels = reshape(image, [-1, channels]);
  const centred = sub(pixels, mean(pixels, 0));
  const variance = mean(square(centred), 0);
  const normalised = mul(centred, rsqrt(add(variance, epsilon)));
  const result = affine
    ? add(mul(normalised, at.weight(affine.gamma)), at.weight(affine.beta))
    : normalised;
  return reshape(result, image.shape);
}

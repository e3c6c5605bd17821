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
  const centred = sub(image, perChannel(image));
  const normalised = mul(centred, rsqrt(add(perChannel(square(centred)), epsilon)));
  if (!affine) return normalised;
  const channels = (name: string): Tensor => reshape(at.weight(name), [1, 1, 1, -1]);
  return add(mul(normalised, channels(affine.gamma)), channels(affine.beta));
}

// Rank 4 throughout: on a software WebGPU adapter, tfjs reduces a matrix and reads operands of rank 1 far slower.
const perChannel = (image: Tensor): Tensor => mean(image, [0, 1, 2], true);

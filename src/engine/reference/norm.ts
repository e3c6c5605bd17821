/** @file Batch norm, as a rule with the batch's own statistics. */
import {
  add,
  mean as meanOver,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { normEpsilon } from "../network/norms.ts";
import type { Evaluation, LayerOf, Moments } from "./evaluation.ts";
import { standardise } from "./standardise.ts";

/**
 * (x − mean) / √(variance + ε) for each channel of (batch, height, width, channels), biased variance, then scale and
 * shift if there are any. By hand: tfjs's batchNorm has a broken gradient without scale (4.22).
 */
export function norm(layer: LayerOf<"norm">, at: Evaluation): Tensor {
  const { x, affine, gate } = layer;
  const image = at.image(x);
  const given = at.given?.(layer);
  at.taken?.(layer, given ?? momentsOf(image));
  const normalised = given
    ? mul(sub(image, given.mean), rsqrt(add(given.variance, normEpsilon)))
    : standardise(image, [0, 1, 2], normEpsilon);
  if (gate !== undefined) return mul(normalised, at.scores(gate));
  if (!affine) return normalised;
  const channels = (name: string): Tensor => reshape(at.weight(name), [1, 1, 1, -1]);
  return add(mul(normalised, channels(affine.gamma)), channels(affine.beta));
}

function momentsOf(image: Tensor4D): Moments {
  const mean = perChannel(image);
  return { mean, variance: perChannel(square(sub(image, mean))) };
}
// Rank 4 throughout: on a software WebGPU adapter, tfjs reduces a matrix and reads operands of rank 1 far slower.
const perChannel = (image: Tensor4D): Tensor4D => meanOver(image, [0, 1, 2], true);

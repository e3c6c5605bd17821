/** @file Dense convolution without bias. */
import {
  conv2d,
  matMul,
  reshape,
  type Tensor,
  type Tensor4D,
  transpose,
} from "@tensorflow/tfjs-core";
import type { Evaluation, LayerOf } from "./evaluation.ts";
import { evenSided, phase } from "./phases.ts";

/** (batch, height, width, in) → (batch, ⌈height/stride⌉, ⌈width/stride⌉, out); weight (out, in, kernel, kernel). */
export function conv(
  { x, weight, kernel, stride, shape }: LayerOf<"conv">,
  at: Evaluation,
): Tensor {
  const image = at.image(x);
  const w = at.weight(weight);
  if (kernel > 1) {
    const filter = transpose(w, [2, 3, 1, 0]) as Tensor4D; // (kernel, kernel, in, out)
    return conv2d(image, filter, stride, (kernel - 1) / 2);
  }
  const pixels = stride === 1 ? image : phase(evenSided(image), 0);
  const [batch, height, width, channels] = pixels.shape;
  const [out] = shape as readonly [number];
  const product = matMul(
    reshape(pixels, [batch * height * width, channels]),
    reshape(w, [out, channels]),
    false,
    true,
  );
  return reshape(product, [batch, height, width, out]);
}

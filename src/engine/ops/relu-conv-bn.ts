/** @file The block that cells' inputs, plain convolutions and residual blocks are made of. */
import type { NetworkBuilder } from "../network/builder.ts";
import type { Value } from "../network/network.ts";

/** How a block's convolution differs from a pointwise one. */
interface Window {
  readonly kernel?: number;
  readonly stride?: 1 | 2;
}

/** (in, h, w) → (out, h/stride, w/stride): ReLU, convolution (weight `.w`, 1×1 unless told otherwise), norm (`.bn`). */
export const reluConvBn = (
  builder: NetworkBuilder,
  x: Value,
  out: number,
  name: string,
  { kernel = 1, stride = 1 }: Window = {},
): Value =>
  builder.norm(builder.conv(builder.relu(x), `${name}.w`, out, kernel, stride), `${name}.bn`);

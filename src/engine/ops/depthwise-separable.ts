/** @file The block that separable and dilated convolutions are made of. */
import type { NetworkBuilder } from "../network/builder.ts";
import type { Value } from "../network/network.ts";
import type { Place } from "./op.ts";

/** ReLU, depthwise kernel×kernel (weight `.dw`), pointwise 1×1 (weight `.pw`), norm (`.bn`). */
export function depthwiseSeparable(
  builder: NetworkBuilder,
  x: Value,
  { channels, stride, name }: Place,
  kernel: number,
  dilation: number,
): Value {
  const filtered = builder.depthwise(builder.relu(x), `${name}.dw`, kernel, dilation, stride);
  return builder.norm(builder.conv(filtered, `${name}.pw`, channels, 1, 1), `${name}.bn`);
}

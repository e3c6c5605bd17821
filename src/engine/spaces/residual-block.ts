/** @file What halves the image between the stages of NAS-Bench-201. */
import type { NetworkBuilder } from "../network/builder.ts";
import type { Value } from "../network/network.ts";

/**
 * (in, h, w) → (out, h/2, w/2): twice ReLU, 3×3 convolution (weights `.a.w`, `.b.w`) and a norm that scales and shifts,
 * the first at stride 2; beside them the 3×3 average at stride 2 and a 1×1 convolution (`.shortcut`); their sum.
 * The official code averages 2×2 pixels instead.
 */
export function residualBlock(builder: NetworkBuilder, x: Value, out: number, name: string): Value {
  const half = (from: Value, part: string, stride: 1 | 2): Value =>
    builder.affineNorm(
      builder.conv(builder.relu(from), `${name}.${part}.w`, out, 3, stride),
      `${name}.${part}.bn.gamma`,
      `${name}.${part}.bn.beta`,
    );
  const shortcut = builder.conv(builder.pool(x, "average", 2), `${name}.shortcut`, out, 1, 1);
  return builder.sum([shortcut, half(half(x, "a", 2), "b", 1)]);
}

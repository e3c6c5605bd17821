/** @file Halving an image's resolution without losing three pixels in four. */
import type { NetworkBuilder } from "../network/builder.ts";
import type { Value } from "../network/network.ts";

/**
 * (in, h, w) → (out, h/2, w/2): ReLU, then two 1×1 convolutions of ⌊out/2⌋ and ⌈out/2⌉ channels, one on the even
 * pixels and one on the image shifted by one pixel down and right; concat, norm (`.bn`). Weights `.conv_a`, `.conv_b`.
 * Throws if h or w is odd.
 */
export function factorizedReduce(
  builder: NetworkBuilder,
  x: Value,
  out: number,
  name: string,
): Value {
  const active = builder.relu(x);
  const half = Math.floor(out / 2);
  const even = builder.conv(builder.halve(active, 0), `${name}.conv_a`, half, 1, 1);
  const odd = builder.conv(builder.halve(active, 1), `${name}.conv_b`, out - half, 1, 1);
  return builder.norm(builder.concat([even, odd]), `${name}.bn`);
}

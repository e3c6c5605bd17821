/** @file The preprocessing of a cell's inputs. */
import type { NetworkBuilder } from "../network/builder.ts";
import type { Value } from "../network/network.ts";

/** (in, h, w) → (out, h, w): ReLU, 1×1 convolution (weight `.w`), norm. */
export const reluConvBn = (builder: NetworkBuilder, x: Value, out: number, name: string): Value =>
  builder.norm(builder.conv(builder.relu(x), `${name}.w`, out, 1, 1));

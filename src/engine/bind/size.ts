/** @file How large a network is: its parameters and what an image costs, counted from its plan. */
import { compile } from "../compiler/compile.ts";
import type { Network } from "../network/network.ts";
import { multiplyAddsOf } from "./count.ts";

export interface NetworkSize {
  /** Weights, biases, and scales and shifts of norms. */
  readonly parameters: number;
  /** Of one image's forward pass. */
  readonly multiplyAdds: number;
}

/** Counted from the network itself: what was pruned is not there. */
export const networkSize = (network: Network): NetworkSize => ({
  parameters: network.weightCount,
  multiplyAdds: multiplyAddsOf(compile(network, 4))("none") / 4,
});

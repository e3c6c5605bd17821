/** @file A network's first weights, drawn on the host so that every backend starts alike. */
import type { Rng } from "../core/rng.ts";
import { type Network, sizeOf } from "./network.ts";

/** The flat weight vector; each slot draws from its own fork, by name, so that it depends on no other. */
export function initialWeights(
  network: Pick<Network, "weights" | "weightCount">,
  rng: Rng,
): Float32Array {
  const flat = new Float32Array(network.weightCount);
  for (const { name, offset, shape, init } of network.weights) {
    const count = sizeOf(shape);
    if (init.kind === "constant") flat.fill(init.value, offset, offset + count);
    else
      flat.set(
        rng
          .fork(name)
          .uniform(count)
          .map((u) => init.bound * (2 * u - 1)),
        offset,
      );
  }
  return flat;
}

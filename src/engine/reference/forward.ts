/** @file Runs a network with plain differentiable tfjs operations: slow, right everywhere, what fast code is tested against. */
import { reshape, split, type Tensor, type Tensor1D, type Tensor4D } from "@tensorflow/tfjs-core";
import { type Network, sizeOf, type Value } from "../network/network.ts";
import type { Mixture } from "../problem.ts";
import type { Evaluation } from "./evaluation.ts";
import { layers } from "./layers.ts";

/**
 * Logits (batch, classes) for images (batch, height, width, channels). `weights` is the flat vector (weightCount).
 * Layers are computed from the output back, once each, so that what only inactive candidates need is never computed.
 * Differentiable in `weights`, `mixture.weights` and `input`.
 */
export function forward(
  network: Network,
  weights: Tensor1D,
  mixture: Mixture,
  input: Tensor4D,
): Tensor {
  const values = new Map<Value, Tensor>();
  const evaluation: Evaluation = {
    input,
    weight: weightsByName(network, weights),
    share: shares(mixture),
    image: (of) => evaluation.value(of) as Tensor4D,
    value(of) {
      const known = values.get(of);
      if (known) return known;
      const layer = network.layers[of];
      if (!layer) throw new Error(`no layer ${of}; there are ${network.layers.length}`);
      const computed = layers[layer.kind](layer as never, evaluation);
      values.set(of, computed);
      return computed;
    },
  };
  return evaluation.value(network.output);
}

/** One split serves all slots: its gradient is a single concat, where slices would each pad to the whole vector. */
function weightsByName({ weights: slots }: Network, flat: Tensor1D): Evaluation["weight"] {
  const bySlot = new Map(slots.map(({ name, shape }, i) => [name, { i, shape }]));
  const sizes = slots.map(({ shape }) => sizeOf(shape));
  let pieces: Tensor[] | undefined;
  return (name) => {
    const slot = bySlot.get(name);
    if (!slot) throw new Error(`no weight "${name}" in this network`);
    // The gradient of tfjs's split into a single piece throws (4.22).
    pieces ??= sizes.length === 1 ? [flat] : split(flat, sizes);
    return reshape(pieces[slot.i] as Tensor, [...slot.shape]);
  };
}

/** Likewise one split per alpha group, on its first use. */
function shares({ weights, active }: Mixture): Evaluation["share"] {
  const byGroup = new Map<string, Tensor4D[]>();
  return ({ group, edge, op }) => {
    const on = active?.[group]?.[edge];
    if (on && !on.includes(op)) return undefined;
    const matrix = weights[group];
    if (!matrix) throw new Error(`no mixture for group "${group}"`);
    const [edges, ops] = matrix.shape;
    const entries =
      byGroup.get(group) ?? split(reshape(matrix, [edges * ops, 1, 1, 1]) as Tensor4D, edges * ops);
    byGroup.set(group, entries);
    return entries[edge * ops + op];
  };
}

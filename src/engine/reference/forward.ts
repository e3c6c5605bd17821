/** @file Runs a network with plain differentiable tfjs operations: slow, right everywhere, what fast code is tested against. */
import {
  concat,
  ones,
  reshape,
  slice,
  split,
  stack,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  zeros,
} from "@tensorflow/tfjs-core";
import { type Layer, type Network, sizeOf, type Value } from "../network/network.ts";
import { type NormRows, normRows } from "../network/norms.ts";
import type { Mixture } from "../problem.ts";
import type { Evaluation, Moments } from "./evaluation.ts";
import { layers } from "./layers.ts";

/**
 * Logits (batch, classes) for images (batch, height, width, channels). `weights` is the flat vector (weightCount).
 * Layers are computed from the output back, once each, so that what only inactive candidates need is never computed.
 * Differentiable in `weights`, `mixture.weights` and `input`. With `moments`, (channels of all norms, 2), norms take these
 * means and variances in place of the batch's own.
 */
export function forward(
  network: Network,
  weights: Tensor1D,
  mixture: Mixture,
  input: Tensor4D,
  moments?: Tensor2D,
): Tensor {
  return run(network, weights, mixture, input, moments && { given: momentsFrom(network, moments) });
}

/** Mean and variance of every norm on a batch, (channels of all norms, 2); 0 and 1 where a norm has no part in the output. */
export function measure(
  network: Network,
  weights: Tensor1D,
  mixture: Mixture,
  input: Tensor4D,
): Tensor2D {
  const taken = new Map<Layer, Moments>();
  run(network, weights, mixture, input, {
    taken: (norm, moments) => void taken.set(norm, moments),
  });
  const rows = normRows(network).map(({ layer, n }) => {
    const { mean, variance } = taken.get(network.layers[layer] as Layer) ?? {
      mean: zeros([1, 1, 1, n]) as Tensor4D,
      variance: ones([1, 1, 1, n]) as Tensor4D,
    };
    return stack([reshape(mean, [n]), reshape(variance, [n])], 1) as Tensor2D;
  });
  return rows.length > 0 ? (concat(rows) as Tensor2D) : tensor2d([], [0, 2]);
}

function momentsFrom(network: Network, table: Tensor2D): (norm: Layer) => Moments {
  const rows = new Map(normRows(network).map((norm) => [network.layers[norm.layer], norm]));
  return (norm) => {
    const { from, n } = rows.get(norm) as NormRows;
    const column = (i: number) =>
      reshape(slice(table, [from, i], [n, 1]), [1, 1, 1, n]) as Tensor4D;
    return { mean: column(0), variance: column(1) };
  };
}

function run(
  network: Network,
  weights: Tensor1D,
  mixture: Mixture,
  input: Tensor4D,
  norms: Pick<Evaluation, "given" | "taken"> = {},
): Tensor {
  const values = new Map<Value, Tensor>();
  const evaluation: Evaluation = {
    ...norms,
    input,
    weight: weightsByName(network, weights),
    share: shares(mixture),
    scores: (group) => reshape(mixtureOf(mixture, group), [1, 1, 1, -1]) as Tensor4D,
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
function shares(mixture: Mixture): Evaluation["share"] {
  const byGroup = new Map<string, Tensor4D[]>();
  return ({ group, edge, op }) => {
    const on = mixture.active?.[group]?.[edge];
    if (on && !on.includes(op)) return undefined;
    const matrix = mixtureOf(mixture, group);
    const [edges, ops] = matrix.shape;
    const entries =
      byGroup.get(group) ?? split(reshape(matrix, [edges * ops, 1, 1, 1]) as Tensor4D, edges * ops);
    byGroup.set(group, entries);
    return entries[edge * ops + op];
  };
}

function mixtureOf({ weights }: Mixture, group: string): Tensor2D {
  const matrix = weights[group];
  if (!matrix) throw new Error(`no mixture for group "${group}"`);
  return matrix;
}

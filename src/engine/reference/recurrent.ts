/** @file Runs a recurrent network with plain differentiable tfjs operations: what the fast loops are tested against. */
import {
  add,
  cast,
  concat,
  matMul,
  mean,
  mul,
  oneHot,
  relu,
  reshape,
  sigmoid,
  split,
  stack,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tanh,
  unstack,
  zeros,
} from "@tensorflow/tfjs-core";
import { sizeOf } from "../network/network.ts";
import { normEpsilon } from "../network/norms.ts";
import { type RecurrentNetwork, recurrentEdge, recurrentOps } from "../network/recurrent.ts";
import type { Mixture } from "../problem.ts";
import { standardise } from "./standardise.ts";

/** What each candidate makes of g; `none` is skipped. */
const activations: Readonly<Record<(typeof recurrentOps)[number], (x: Tensor) => Tensor>> = {
  none: (x) => x,
  tanh,
  relu,
  sigmoid,
  identity: (x) => x,
};

/**
 * Logits (batch, length, vocabulary) for tokens (batch, length) int32; every sequence begins at h = 0. `flat` is the
 * weight vector (weightCount). Differentiable in `flat` and `mixture.weights`.
 */
export function forwardRecurrent(
  network: RecurrentNetwork,
  flat: Tensor1D,
  mixture: Mixture,
  tokens: Tensor2D,
): Tensor {
  const { vocabulary, hidden, nodes } = network;
  const slots = network.weights;
  const pieces = split(
    flat,
    slots.map(({ shape }) => sizeOf(shape)),
  );
  const weight = (name: string): Tensor2D => {
    const i = slots.findIndex((slot) => slot.name === name);
    return reshape(pieces[i] as Tensor, [...(slots[i]?.shape ?? [])] as [number, number]);
  };
  const [emb, w0] = [weight("emb"), weight("w0")];
  const ws = Array.from({ length: nodes }, (_, i) => weight(`ws.${i}`));
  const share = shares(network, mixture);
  let h: Tensor = zeros([tokens.shape[0], hidden]);
  const outputs = unstack(tokens, 1).map((column) => {
    const x = matMul(cast(oneHot(column as Tensor1D, vocabulary), "float32"), emb);
    const [c0, h0] = split(matMul(concat([x, h as Tensor2D], 1), w0), 2, 1) as [Tensor, Tensor];
    const states = [norm(network, add(h, mul(sigmoid(c0), sub(tanh(h0), h))))];
    for (let node = 1; node <= nodes; node++) {
      const terms = states.flatMap((state, from) => {
        const shared = recurrentOps.flatMap((op, k) => {
          const p = op === "none" ? undefined : share(recurrentEdge(node, from), k);
          return p ? [{ p, f: activations[op] }] : [];
        });
        if (shared.length === 0) return [];
        const product = matMul(state as Tensor2D, ws[node - 1] as Tensor2D);
        const [c, g] = split(product, 2, 1) as [Tensor, Tensor];
        const gate = sigmoid(c);
        return shared.map(({ p, f }) => mul(p, add(state, mul(gate, sub(f(g), state)))));
      });
      const value =
        terms.length > 0 ? terms.reduce((a, b) => add(a, b)) : mul(states[0] as Tensor, 0);
      states.push(norm(network, value));
    }
    h = mean(stack(states.slice(1)), 0);
    return h;
  });
  const joined = reshape(stack(outputs, 1), [-1, hidden]) as Tensor2D;
  const logits = add(matMul(joined, emb, false, true), reshape(weight("dec_b"), [vocabulary]));
  return reshape(logits, [tokens.shape[0], tokens.shape[1], vocabulary]);
}

/** Over the batch. */
const norm = ({ norm }: RecurrentNetwork, x: Tensor): Tensor =>
  norm ? standardise(x, [0], normEpsilon) : x;

/** The share of an edge's candidate, a scalar; undefined where it is not to be computed. */
function shares({ group }: RecurrentNetwork, { weights, active }: Mixture) {
  const matrix = weights[group];
  if (!matrix) throw new Error(`no mixture for group "${group}"`);
  const [edges, ops] = matrix.shape;
  const entries = split(reshape(matrix, [edges * ops]), edges * ops);
  return (edge: number, op: number): Tensor | undefined => {
    const on = active?.[group]?.[edge];
    return on && !on.includes(op) ? undefined : entries[edge * ops + op];
  };
}

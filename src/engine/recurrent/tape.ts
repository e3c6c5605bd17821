/** @file What a forward pass remembers for the backward pass, and the point it was made at. */
import { type RecurrentNetwork, recurrentEdge, recurrentOps } from "../network/recurrent.ts";
import type { Shares } from "./edge.ts";

/** Matrices are (batch, hidden) unless said otherwise. */
export interface Tape {
  readonly network: RecurrentNetwork;
  readonly batch: number;
  readonly length: number;
  /** Per time step and node, s₀ first: the normalised state. */
  readonly states: readonly (readonly Float32Array[])[];
  /** Per time step and node: 1 / σ of the batch norm, (hidden). */
  readonly inverses: readonly (readonly Float32Array[])[];
  /** Per time step: [σ(c₀); tanh(h₀)], (batch, 2 hidden). */
  readonly first: readonly Float32Array[];
  /** Per time step and edge: [σ(c); g], (batch, 2 hidden). */
  readonly edges: readonly (readonly Float32Array[])[];
  /** h before every time step and after the last; the first is where the sequence begins. */
  readonly carried: readonly Float32Array[];
  /** All h but the first, (length · batch, hidden). */
  readonly outputs: Float32Array;
  /** Time step by time step, (length · batch, vocabulary); a loss may write its gradient over it. */
  readonly logits: Float32Array;
}

/** Memory for a pass over sequences of `length` tokens, to be used again and again. */
export function createTape(network: RecurrentNetwork, batch: number, length: number): Tape {
  const { hidden, nodes, vocabulary } = network;
  const size = batch * hidden;
  const all = new Float32Array((length + 1) * size);
  const each = <T>(count: number, make: (i: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i));
  return {
    network,
    batch,
    length,
    states: each(length, () => each(nodes + 1, () => new Float32Array(size))),
    inverses: each(length, () => each(nodes + 1, () => new Float32Array(hidden))),
    first: each(length, () => new Float32Array(2 * size)),
    edges: each(length, () => each(recurrentEdge(nodes + 1, 0), () => new Float32Array(2 * size))),
    carried: each(length + 1, (t) => all.subarray(t * size, (t + 1) * size)),
    outputs: all.subarray(size),
    logits: new Float32Array(length * batch * vocabulary),
  };
}

/** Bytes of a tape and of as much again for gradients of one time step. */
export const tapeBytes = (network: RecurrentNetwork, batch: number, length: number): number => {
  const { hidden, nodes, vocabulary } = network;
  const step = batch * hidden * (nodes + 4 + 2 * recurrentEdge(nodes + 1, 0));
  return 4 * (length * (step + batch * vocabulary) + 2 * step);
};

/** The weights by name, as views of the flat vector. */
export type WeightView = (name: string) => Float32Array;
export function weightViews(network: RecurrentNetwork, flat: Float32Array): WeightView {
  const views = new Map(
    network.weights.map(({ name, offset, shape }) => [
      name,
      flat.subarray(offset, offset + shape.reduce((a, b) => a * b, 1)),
    ]),
  );
  return (name) => {
    const view = views.get(name);
    if (!view) throw new Error(`no weight "${name}" in this network`);
    return view;
  };
}

/** Each edge's shares of its activations; undefined where no activation is to be computed. */
export type EdgeShares = readonly (Shares | undefined)[];

/** From a mixture's matrix (edges, ops); candidates that are not `active` count nothing. */
export function edgeShares(
  network: RecurrentNetwork,
  mixture: Float32Array,
  active?: readonly (readonly number[])[],
): EdgeShares {
  const width = recurrentOps.length;
  return Array.from({ length: recurrentEdge(network.nodes + 1, 0) }, (_, edge) => {
    const on = active?.[edge];
    if (on && !on.some((op) => op > 0)) return undefined;
    const share = (op: number) =>
      on && !on.includes(op) ? 0 : (mixture[edge * width + op] as number);
    return [share(1), share(2), share(3), share(4)];
  });
}

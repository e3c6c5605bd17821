/** @file What a forward pass remembers for the backward pass, and room for all that both compute. */
import { type RecurrentNetwork, recurrentEdge, recurrentOps } from "../network/recurrent.ts";
import type { Shares } from "./edge.ts";
import type { Machine } from "./machine.ts";
import type { Shape } from "./multiply.ts";

/** Matrices are (batch, hidden) unless said otherwise. */
export interface Tape {
  readonly network: RecurrentNetwork;
  readonly batch: number;
  readonly machine: Machine;
  readonly shapes: Shapes;
  /** The weights to run with, (weightCount). */
  readonly flat: Float32Array;
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
  /** w₀ applied to every token's embedding, (vocabulary, 2 hidden). */
  readonly fromToken: Float32Array;
  /** The embedding turned, (hidden, vocabulary). */
  readonly decoder: Float32Array;
  readonly back: BackSpace;
}
/** Gradients by what the names say, and turned matrices. */
export interface BackSpace {
  readonly flat: Float32Array;
  /** Per node, its weight turned, (2 hidden, hidden). */
  readonly turned: readonly Float32Array[];
  /** The halves of w₀ for token and state, each turned, (2 hidden, hidden). */
  readonly tokenTurned: Float32Array;
  readonly stateTurned: Float32Array;
  /** Per node. */
  readonly states: readonly Float32Array[];
  readonly carried: Float32Array;
  /** Of a product with a weight, (batch, 2 hidden). */
  readonly product: Float32Array;
  readonly fromToken: Float32Array;
  readonly outputs: Float32Array;
}

/** Every product of matrices in a pass; `…Back` by its left factor, `…Weight` by its right one. */
export interface Shapes {
  readonly token: Shape;
  readonly tokenBack: Shape;
  readonly tokenWeight: Shape;
  readonly step: Shape;
  readonly stepBack: Shape;
  readonly stepWeight: Shape;
  readonly decode: Shape;
  readonly decodeBack: Shape;
  readonly decodeWeight: Shape;
}
export function shapesOf({ hidden, vocabulary, length }: RecurrentNetwork, batch: number): Shapes {
  const shape = (rows: number, inner: number, columns: number, turned?: true): Shape => ({
    rows,
    inner,
    columns,
    ...(turned && { turned }),
  });
  return {
    token: shape(vocabulary, hidden, 2 * hidden),
    tokenBack: shape(vocabulary, 2 * hidden, hidden),
    tokenWeight: shape(hidden, vocabulary, 2 * hidden, true),
    step: shape(batch, hidden, 2 * hidden),
    stepBack: shape(batch, 2 * hidden, hidden),
    stepWeight: shape(hidden, batch, 2 * hidden, true),
    decode: shape(length * batch, hidden, vocabulary),
    decodeBack: shape(length * batch, vocabulary, hidden),
    decodeWeight: shape(vocabulary, length * batch, hidden, true),
  };
}

/** Room for passes over `batch` windows, to be used again and again. */
export function createTape(
  network: RecurrentNetwork,
  batch: number,
  machine: Machine,
  shapes: Shapes,
): Tape {
  const { hidden, nodes, vocabulary, length } = network;
  const size = batch * hidden;
  const { allocate } = machine;
  const each = <T>(count: number, make: (i: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i));
  const all = allocate((length + 1) * size);
  return {
    network,
    batch,
    machine,
    shapes,
    flat: allocate(network.weightCount),
    states: each(length, () => each(nodes + 1, () => allocate(size))),
    inverses: each(length, () => each(nodes + 1, () => allocate(hidden))),
    first: each(length, () => allocate(2 * size)),
    edges: each(length, () => each(recurrentEdge(nodes + 1, 0), () => allocate(2 * size))),
    carried: each(length + 1, (t) => all.subarray(t * size, (t + 1) * size)),
    outputs: all.subarray(size),
    logits: allocate(length * batch * vocabulary),
    fromToken: allocate(vocabulary * 2 * hidden),
    decoder: allocate(vocabulary * hidden),
    back: {
      flat: allocate(network.weightCount),
      turned: each(nodes, () => allocate(2 * hidden * hidden)),
      tokenTurned: allocate(2 * hidden * hidden),
      stateTurned: allocate(2 * hidden * hidden),
      states: each(nodes + 1, () => allocate(size)),
      carried: allocate(size),
      product: allocate(2 * size),
      fromToken: allocate(vocabulary * 2 * hidden),
      outputs: allocate(length * size),
    },
  };
}

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

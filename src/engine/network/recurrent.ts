/** @file The recurrent network of DARTS (arXiv:1806.09055, §3.2, official rnn code) as data: its sizes and weights. */
import type { Rng } from "../core/rng.ts";
import { sizeOf, type WeightInit, type WeightSlot } from "./network.ts";

/** The candidates of every edge, in the order of α's columns: `none` yields zero, the others are activations. */
export const recurrentOps = ["none", "tanh", "relu", "sigmoid", "identity"] as const;

export interface RecurrentSizes {
  /** Different tokens. */
  readonly vocabulary: number;
  /** Tokens of a window, through which gradients flow. */
  readonly length: number;
  /** Units of the hidden state and of the embedding. */
  readonly hidden: number;
  /** Computed nodes of the cell after s₀. */
  readonly nodes: number;
  /** Batch norm, without scale, after s₀ and after every node: in the search, not in the paper's evaluation. */
  readonly norm: boolean;
}
/**
 * Weights, matrices as x·W: `emb` (vocabulary, hidden), tied with the decoder, whose bias is `dec_b` (vocabulary); `w0`
 * (2 hidden, 2 hidden) for input and hidden state; `ws.I` (hidden, 2 hidden) for all that enters node I + 1.
 */
export interface RecurrentNetwork extends RecurrentSizes {
  /** The alpha group of its mixture: (edges, ops), edges by the node they enter, then by the one they leave. */
  readonly group: string;
  /** In order of offset, without gaps. */
  readonly weights: readonly WeightSlot[];
  readonly weightCount: number;
}
/** What to draw from a network that reads sequences. */
export interface Continuation {
  /** (batch, length), length at least 1. */
  readonly prompt: ArrayLike<number>;
  readonly batch: number;
  /** How many tokens to draw for each. */
  readonly count: number;
  /** Divides the logits: near 0 the likeliest token, 1 as learnt, more for wilder ones. */
  readonly temperature: number;
  readonly rng: Rng;
}

/**
 * The paper's weights start uniform in ±0.04 at 300 units; here ±0.04·√(300 / hidden), so that fewer units start as
 * strong (this project's choice).
 */
export function recurrentNetwork(group: string, sizes: RecurrentSizes): RecurrentNetwork {
  const { vocabulary, hidden, nodes } = sizes;
  const uniform: WeightInit = { kind: "uniform", bound: 0.04 * Math.sqrt(300 / hidden) };
  const slots: [string, readonly number[], WeightInit][] = [
    ["emb", [vocabulary, hidden], uniform],
    ["dec_b", [vocabulary], { kind: "constant", value: 0 }],
    ["w0", [2 * hidden, 2 * hidden], uniform],
    ...Array.from({ length: nodes }, (_, i): [string, readonly number[], WeightInit] => [
      `ws.${i}`,
      [hidden, 2 * hidden],
      uniform,
    ]),
  ];
  let weightCount = 0;
  const weights = slots.map(([name, shape, init]): WeightSlot => {
    const offset = weightCount;
    weightCount += sizeOf(shape);
    return { name, offset, shape, init };
  });
  return { ...sizes, group, weights, weightCount };
}

/** The edge into `node` (1 …) from `from` (0 … node − 1). */
export const recurrentEdge = (node: number, from: number): number => (node * (node - 1)) / 2 + from;

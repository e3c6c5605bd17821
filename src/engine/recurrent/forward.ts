/** @file The forward pass: tokens → logits, one time step after another, remembered on a tape. */
import { recurrentEdge } from "../network/recurrent.ts";
import { edgeForward, firstForward } from "./edge.ts";
import { transposed } from "./multiply.ts";
import { normalise } from "./norm.ts";
import type { EdgeShares, Tape, WeightView } from "./tape.ts";

/**
 * Runs the tape's length from the state in `tape.carried[0]`. `tokens` is (length, batch), time step by time step.
 * Leaves the logits on the tape.
 */
export function forward(
  tape: Tape,
  weight: WeightView,
  shares: EdgeShares,
  tokens: ArrayLike<number>,
): void {
  const { network, batch, fromToken, shapes } = tape;
  const { hidden, length } = network;
  const { multiplyAdd } = tape.machine;
  const w0 = weight("w0");
  // Every token's share of the first product, once for all time steps.
  multiplyAdd(fromToken.fill(0), weight("emb"), w0, shapes.token);
  const fromState = w0.subarray(2 * hidden * hidden);
  for (let t = 0; t < length; t++) {
    const y = tape.first[t] as Float32Array;
    for (let n = 0; n < batch; n++) {
      const row = 2 * hidden * (tokens[t * batch + n] as number);
      y.set(fromToken.subarray(row, row + 2 * hidden), n * 2 * hidden);
    }
    multiplyAdd(y, tape.carried[t] as Float32Array, fromState, shapes.step);
    cell(tape, weight, shares, t);
  }
  decode(tape, weight);
}

/** s₀, the nodes, and their mean as the next h. */
function cell(tape: Tape, weight: WeightView, shares: EdgeShares, t: number): void {
  const { network, batch, machine, shapes } = tape;
  const { hidden, nodes, norm } = network;
  const states = tape.states[t] as readonly Float32Array[];
  const inverses = tape.inverses[t] as readonly Float32Array[];
  const edges = tape.edges[t] as readonly Float32Array[];
  const next = tape.carried[t + 1] as Float32Array;
  const first = states[0] as Float32Array;
  firstForward(first, tape.carried[t] as Float32Array, tape.first[t] as Float32Array, hidden);
  if (norm) normalise(first, inverses[0] as Float32Array, batch);
  next.fill(0);
  for (let node = 1; node <= nodes; node++) {
    const out = (states[node] as Float32Array).fill(0);
    for (let from = 0; from < node; from++) {
      const edge = recurrentEdge(node, from);
      const share = shares[edge];
      if (!share) continue;
      const [state, y] = [states[from] as Float32Array, (edges[edge] as Float32Array).fill(0)];
      machine.multiplyAdd(y, state, weight(`ws.${node - 1}`), shapes.step);
      edgeForward(out, state, y, share, hidden);
    }
    if (norm) normalise(out, inverses[node] as Float32Array, batch);
    for (let i = 0; i < out.length; i++) next[i] = (next[i] as number) + (out[i] as number) / nodes;
  }
}

/** logits = h·embᵀ + bias. */
function decode(tape: Tape, weight: WeightView): void {
  const { network, logits, outputs, decoder, machine, shapes } = tape;
  const { vocabulary, hidden } = network;
  const bias = weight("dec_b");
  for (let row = 0; row < logits.length; row += vocabulary) logits.set(bias, row);
  transposed(weight("emb"), vocabulary, hidden, decoder);
  machine.multiplyAdd(logits, outputs, decoder, shapes.decode);
}

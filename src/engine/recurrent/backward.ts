/** @file The backward pass through time: from the gradient by the logits to those by weights and mixture. */
import { recurrentEdge, recurrentOps } from "../network/recurrent.ts";
import { edgeBackward, firstBackward } from "./edge.ts";
import { transposed } from "./multiply.ts";
import { normaliseBack } from "./norm.ts";
import { type EdgeShares, type Tape, type WeightView, weightViews } from "./tape.ts";

export interface Gradients {
  /** (weightCount), until the next pass; only where asked for. */
  readonly weights: Float32Array | undefined;
  /** (edges, ops); zero for `none` and where nothing is computed. */
  readonly mixture: Float32Array;
}
interface Pass {
  readonly tape: Tape;
  readonly shares: EdgeShares;
  /** Where gradients by weights go; undefined if nobody asks. */
  readonly by: WeightView | undefined;
  /** Of the mixture. */
  readonly dp: Float64Array;
}

/** The tape's logits hold the loss's gradient by them; `tokens` as in the forward pass. */
export function backward(
  tape: Tape,
  weight: WeightView,
  shares: EdgeShares,
  tokens: ArrayLike<number>,
  withWeights: boolean,
): Gradients {
  const { network, batch, logits, outputs, shapes, back } = tape;
  const { hidden, vocabulary, length } = network;
  const { multiplyAdd } = tape.machine;
  const size = batch * hidden;
  const by = withWeights ? weightViews(network, back.flat.fill(0)) : undefined;
  const dp = new Float64Array(shares.length * recurrentOps.length);
  const pass: Pass = { tape, shares, by, dp };
  turnWeights(tape, weight);
  const dToken = back.fromToken.fill(0);
  multiplyAdd(back.outputs.fill(0), logits, weight("emb"), shapes.decodeBack);

  const dy = back.product;
  const dCarried = back.carried.fill(0);
  for (let t = length - 1; t >= 0; t--) {
    const dNext = back.outputs.subarray(t * size, (t + 1) * size);
    for (let i = 0; i < size; i++) dNext[i] = (dNext[i] as number) + (dCarried[i] as number);
    cellBack(pass, t, dNext);
    const carried = tape.carried[t] as Float32Array;
    const first = tape.first[t] as Float32Array;
    firstBackward(back.states[0] as Float32Array, carried, first, { dCarried, dy }, hidden);
    multiplyAdd(dCarried, dy, back.stateTurned, shapes.stepBack);
    if (!by) continue;
    multiplyAdd(by("w0").subarray(2 * hidden * hidden), carried, dy, shapes.stepWeight);
    for (let n = 0; n < batch; n++) {
      const row = 2 * hidden * (tokens[t * batch + n] as number);
      for (let k = 0; k < 2 * hidden; k++)
        dToken[row + k] = (dToken[row + k] as number) + (dy[n * 2 * hidden + k] as number);
    }
  }
  if (by) {
    multiplyAdd(by("w0"), weight("emb"), dToken, shapes.tokenWeight);
    multiplyAdd(by("emb"), dToken, back.tokenTurned, shapes.tokenBack);
    multiplyAdd(by("emb"), logits, outputs, shapes.decodeWeight);
    const bias = by("dec_b");
    for (let i = 0; i < logits.length; i++)
      bias[i % vocabulary] = (bias[i % vocabulary] as number) + (logits[i] as number);
  }
  return { weights: by && back.flat, mixture: Float32Array.from(dp) };
}

/** Once for all time steps. */
function turnWeights({ network, back }: Tape, weight: WeightView): void {
  const { hidden } = network;
  const [w0, half] = [weight("w0"), 2 * hidden * hidden];
  transposed(w0.subarray(0, half), hidden, 2 * hidden, back.tokenTurned);
  transposed(w0.subarray(half), hidden, 2 * hidden, back.stateTurned);
  back.turned.forEach((out, i) => {
    transposed(weight(`ws.${i}`), hidden, 2 * hidden, out);
  });
}

/** From the gradient by the next h to the one by s₀ before its norm, left in the first of the tape's. */
function cellBack({ tape, shares, by, dp }: Pass, t: number, dNext: Float32Array): void {
  const { network, batch, shapes, machine } = tape;
  const { turned, states: dStates, product: dy } = tape.back;
  const { hidden, nodes, norm } = network;
  const states = tape.states[t] as readonly Float32Array[];
  const inverses = tape.inverses[t] as readonly Float32Array[];
  const edges = tape.edges[t] as readonly Float32Array[];
  const intoNode = (node: number) => {
    const grad = dStates[node] as Float32Array;
    if (norm)
      normaliseBack(grad, states[node] as Float32Array, inverses[node] as Float32Array, batch);
    return grad;
  };
  dStates.forEach((grad, node) => {
    if (node === 0) grad.fill(0);
    else for (let i = 0; i < grad.length; i++) grad[i] = (dNext[i] as number) / nodes;
  });
  for (let node = nodes; node > 0; node--) {
    const grad = intoNode(node);
    for (let from = 0; from < node; from++) {
      const edge = recurrentEdge(node, from);
      const share = shares[edge];
      if (!share) continue;
      const [state, dState] = [states[from] as Float32Array, dStates[from] as Float32Array];
      const width = recurrentOps.length;
      const into = { dState, dy, dp: dp.subarray(edge * width + 1, (edge + 1) * width) };
      edgeBackward(grad, state, edges[edge] as Float32Array, share, into, hidden);
      machine.multiplyAdd(dState, dy, turned[node - 1] as Float32Array, shapes.stepBack);
      if (by) machine.multiplyAdd(by(`ws.${node - 1}`), state, dy, shapes.stepWeight);
    }
  }
  intoNode(0);
}

/** @file The backward pass through time: from the gradient by the logits to those by weights and mixture. */
import { recurrentEdge, recurrentOps } from "../network/recurrent.ts";
import { edgeBackward, firstBackward } from "./edge.ts";
import { multiplyAdd, transposed } from "./multiply.ts";
import { normaliseBack } from "./norm.ts";
import { type EdgeShares, type Tape, type WeightView, weightViews } from "./tape.ts";

export interface Gradients {
  /** (weightCount); only where asked for. */
  readonly weights: Float32Array | undefined;
  /** (edges, ops); zero for `none` and where nothing is computed. */
  readonly mixture: Float32Array;
}

/** The tape's logits hold the loss's gradient by them; `tokens` as in the forward pass. */
export function backward(
  tape: Tape,
  weight: WeightView,
  shares: EdgeShares,
  tokens: ArrayLike<number>,
  withWeights: boolean,
): Gradients {
  const { network, batch, length, logits, outputs } = tape;
  const { hidden, nodes, vocabulary } = network;
  const size = batch * hidden;
  const flat = withWeights ? new Float32Array(network.weightCount) : undefined;
  const by = flat && weightViews(network, flat);
  const dp = new Float64Array(shares.length * recurrentOps.length);
  const w0 = weight("w0");
  const back: Back = {
    tape,
    weight,
    shares,
    by,
    dp,
    // Transposed once for all time steps.
    turned: Array.from({ length: nodes }, (_, i) =>
      transposed(weight(`ws.${i}`), hidden, 2 * hidden),
    ),
    dStates: Array.from({ length: nodes + 1 }, () => new Float32Array(size)),
    dy: new Float32Array(2 * size),
    scratch: new Float32Array(size),
  };
  const fromState = transposed(w0.subarray(2 * hidden * hidden), hidden, 2 * hidden);
  const dToken = new Float32Array(vocabulary * 2 * hidden);
  const dOutputs = new Float32Array(length * size);
  multiplyAdd(dOutputs, logits, weight("emb"), length * batch, vocabulary, hidden);

  const dCarried = new Float32Array(size);
  for (let t = length - 1; t >= 0; t--) {
    const dNext = dOutputs.subarray(t * size, (t + 1) * size);
    for (let i = 0; i < size; i++) dNext[i] = (dNext[i] as number) + (dCarried[i] as number);
    const carried = tape.carried[t] as Float32Array;
    cellBack(back, t, dNext);
    const { dy } = back;
    const into = { dCarried, dy };
    firstBackward(
      back.dStates[0] as Float32Array,
      carried,
      tape.first[t] as Float32Array,
      into,
      hidden,
    );
    multiplyAdd(dCarried, dy, fromState, batch, 2 * hidden, hidden);
    if (!by) continue;
    const turned = transposed(carried, batch, hidden, back.scratch);
    const dFromState = by("w0").subarray(2 * hidden * hidden);
    multiplyAdd(dFromState, turned, dy, hidden, batch, 2 * hidden);
    for (let n = 0; n < batch; n++) {
      const row = 2 * hidden * (tokens[t * batch + n] as number);
      for (let k = 0; k < 2 * hidden; k++)
        dToken[row + k] = (dToken[row + k] as number) + (dy[n * 2 * hidden + k] as number);
    }
  }
  if (by) {
    const emb = weight("emb");
    multiplyAdd(
      by("w0"),
      transposed(emb, vocabulary, hidden),
      dToken,
      hidden,
      vocabulary,
      2 * hidden,
    );
    const fromToken = transposed(w0.subarray(0, 2 * hidden * hidden), hidden, 2 * hidden);
    multiplyAdd(by("emb"), dToken, fromToken, vocabulary, 2 * hidden, hidden);
    const turned = transposed(logits, length * batch, vocabulary);
    multiplyAdd(by("emb"), turned, outputs, vocabulary, length * batch, hidden);
    const bias = by("dec_b");
    for (let i = 0; i < logits.length; i++)
      bias[i % vocabulary] = (bias[i % vocabulary] as number) + (logits[i] as number);
  }
  return { weights: flat, mixture: Float32Array.from(dp) };
}

interface Back {
  readonly tape: Tape;
  readonly weight: WeightView;
  readonly shares: EdgeShares;
  /** Where gradients by weights go; undefined if nobody asks. */
  readonly by: WeightView | undefined;
  readonly dp: Float64Array;
  readonly turned: readonly Float32Array[];
  readonly dStates: readonly Float32Array[];
  readonly dy: Float32Array;
  readonly scratch: Float32Array;
}

/** From the gradient by the next h to the one by s₀ before its norm, left in `dStates[0]`. */
function cellBack(back: Back, t: number, dNext: Float32Array): void {
  const { tape, shares, by, turned, dStates, dy, scratch, dp } = back;
  const { network, batch } = tape;
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
      multiplyAdd(dState, dy, turned[node - 1] as Float32Array, batch, 2 * hidden, hidden);
      if (by) {
        const rows = transposed(state, batch, hidden, scratch);
        multiplyAdd(by(`ws.${node - 1}`), rows, dy, hidden, batch, 2 * hidden);
      }
    }
  }
  intoNode(0);
}

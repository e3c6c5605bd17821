/** @file Loss and gradients of a recurrent network at a point, in plain loops over float arrays. */
import type { RecurrentNetwork } from "../network/recurrent.ts";
import { backward } from "./backward.ts";
import { forward } from "./forward.ts";
import { crossEntropyBack, type TokenLoss } from "./loss.ts";
import { transposed } from "./multiply.ts";
import { createTape, edgeShares, type Tape, weightViews } from "./tape.ts";

/** Where a loss is wanted, and which gradients. */
export interface RecurrentPoint {
  /** (weightCount). */
  readonly weights: Float32Array;
  /** (edges, ops). */
  readonly mixture: Float32Array;
  /** Per edge, the candidates to compute; absent for all. */
  readonly active?: readonly (readonly number[])[] | undefined;
  /** Tokens (batch, length). */
  readonly inputs: ArrayLike<number>;
  /** The next tokens, (batch, length). */
  readonly targets: ArrayLike<number>;
  readonly wrt: "weights" | "mixture" | "both" | "none";
}
export interface RecurrentResult extends TokenLoss {
  /** (weightCount), if asked for. */
  readonly weights: Float32Array | undefined;
  /** (edges, ops), if asked for. */
  readonly mixture: Float32Array | undefined;
}

/** A function of points, for batches of one size; every sequence begins at h = 0. */
export function recurrentExecutor(network: RecurrentNetwork, batch: number, length: number) {
  const tape: Tape = createTape(network, batch, length);
  return (point: RecurrentPoint): RecurrentResult => {
    const weight = weightViews(network, point.weights);
    const shares = edgeShares(network, point.mixture, point.active);
    const tokens = transposed(Float32Array.from(point.inputs), batch, length);
    const targets = transposed(Float32Array.from(point.targets), batch, length);
    forward(tape, weight, shares, tokens);
    const loss = crossEntropyBack(tape.logits, targets, network.vocabulary);
    if (point.wrt === "none") return { ...loss, weights: undefined, mixture: undefined };
    const grads = backward(tape, weight, shares, tokens, point.wrt !== "mixture");
    if (point.active) blank(grads.mixture, point.active, grads.mixture.length / shares.length);
    return {
      ...loss,
      weights: grads.weights,
      mixture: point.wrt === "weights" ? undefined : grads.mixture,
    };
  };
}

/** Candidates that were not computed have no gradient. */
function blank(mixture: Float32Array, active: readonly (readonly number[])[], ops: number): void {
  mixture.forEach((_, i) => {
    if (!active[Math.floor(i / ops)]?.includes(i % ops)) mixture[i] = 0;
  });
}

/** @file Loss and gradients of a recurrent network at a point, in plain loops over float arrays. */
import type { RecurrentNetwork } from "../network/recurrent.ts";
import { backward } from "./backward.ts";
import { forward } from "./forward.ts";
import { crossEntropyBack, type TokenLoss } from "./loss.ts";
import { bytesOf, plainMachine, wasmMachine } from "./machine.ts";
import { transposed } from "./multiply.ts";
import { createTape, edgeShares, shapesOf, type Tape, weightViews } from "./tape.ts";

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

export interface RecurrentExecutor {
  lossAndGrad(point: RecurrentPoint): RecurrentResult;
  /** (length, batch, vocabulary). */
  logits(point: Omit<RecurrentPoint, "targets" | "wrt">): Float32Array;
}

/** Bytes that an executor needs for batches of this size. */
export const recurrentBytes = (network: RecurrentNetwork, batch: number): number =>
  bytesOf((machine) => createTape(network, batch, machine, shapesOf(network, batch)));

/** In plain loops, for batches of one size; every sequence begins at h = 0. */
export const recurrentExecutor = (network: RecurrentNetwork, batch: number): RecurrentExecutor =>
  executorOn(createTape(network, batch, plainMachine, shapesOf(network, batch)));

/** The same with its products in WebAssembly, several times as fast. */
export async function wasmRecurrentExecutor(
  network: RecurrentNetwork,
  batch: number,
): Promise<RecurrentExecutor> {
  const shapes = shapesOf(network, batch);
  const machine = await wasmMachine(recurrentBytes(network, batch), Object.values(shapes));
  return executorOn(createTape(network, batch, machine, shapes));
}

function executorOn(tape: Tape): RecurrentExecutor {
  const { network, batch, flat } = tape;
  const { length } = network;
  const timeFirst = (tokens: ArrayLike<number>) =>
    transposed(Float32Array.from(tokens), batch, length);
  const run = (point: Omit<RecurrentPoint, "targets" | "wrt">) => {
    flat.set(point.weights);
    const weight = weightViews(network, flat);
    const shares = edgeShares(network, point.mixture, point.active);
    const tokens = timeFirst(point.inputs);
    forward(tape, weight, shares, tokens);
    return { weight, shares, tokens };
  };
  return {
    lossAndGrad(point) {
      const { weight, shares, tokens } = run(point);
      const loss = crossEntropyBack(tape.logits, timeFirst(point.targets), network.vocabulary);
      if (point.wrt === "none") return { ...loss, weights: undefined, mixture: undefined };
      const grads = backward(tape, weight, shares, tokens, point.wrt !== "mixture");
      if (point.active) blank(grads.mixture, point.active, grads.mixture.length / shares.length);
      return {
        ...loss,
        weights: grads.weights?.slice(),
        mixture: point.wrt === "weights" ? undefined : grads.mixture,
      };
    },
    logits(point) {
      run(point);
      return tape.logits.slice();
    },
  };
}

/** Candidates that were not computed have no gradient. */
function blank(mixture: Float32Array, active: readonly (readonly number[])[], ops: number): void {
  mixture.forEach((_, i) => {
    if (!active[Math.floor(i / ops)]?.includes(i % ops)) mixture[i] = 0;
  });
}

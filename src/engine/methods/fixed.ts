/**
 * @file Training of a given genotype: what DARTS §3.2 calls architecture evaluation, as a run like any other. The problem
 * is the genotype's own network; α only says which one and never moves.
 *
 *   w ← SGD(w, ∇w L_train(w))
 */
import type { OptimizerState } from "../core/optim.ts";
import type { MethodState, SearchMethod } from "../problem.ts";
import { lossAt, weightGrad } from "./gradients.ts";

interface FixedState extends MethodState {
  readonly weightsState: OptimizerState;
}

/** One pass a step, and one more, forward only, for the loss on the validation half, which teaches nothing here. */
export const fixed: SearchMethod<FixedState, Record<never, number>> = {
  id: "fixed",
  label: "Train a genotype",
  summary:
    "Searches nothing: trains the network of one genotype from scratch, so that architectures can be compared. Without a genotype, the seed draws one.",
  reference: "the evaluation of DARTS, arXiv:1806.09055, §3.2, without its auxiliary head",
  hyper: {},
  trainsGenotype: true,

  phases: () => [
    {
      id: "weights",
      label: "w",
      moves: "w",
      text: "w steps down L_train(w); α says which network it is and never moves.",
      noTerms: "Nothing pulls α: it shows the genotype whose network is trained.",
    },
  ],

  init(problem, optimizers, rng) {
    const weights = problem.initWeights(rng.fork("weights"));
    const alpha = problem.initAlpha(rng.fork("alpha"));
    return { weights, alpha, weightsState: optimizers.weights.init(weights) };
  },

  step(problem, state, { train, val, optimizers }) {
    const mixture = problem.relax(state.alpha);
    const W = weightGrad(problem, state.weights, mixture, train);
    const w = optimizers.weights.update(state.weights, W.weights, state.weightsState);
    return {
      state: { ...state, weights: w.params, weightsState: w.state },
      report: { trainLoss: W.loss, valLoss: lossAt(problem, w.params, mixture, val) },
    };
  },
};

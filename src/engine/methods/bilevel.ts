/** @file What methods with one copy of w remember, and how they start. */
import type { OptimizerState } from "../core/optim.ts";
import type { Rng } from "../core/rng.ts";
import type { MethodState, Optimizers, Problem } from "../problem.ts";

/** w and α, each with its optimiser's state. */
export interface BilevelState extends MethodState {
  readonly weightsState: OptimizerState;
  readonly alphaState: OptimizerState;
}

/** Both drawn from streams of their own, so that every method begins at the same point for the same seed. */
export function initBilevel(problem: Problem, optimizers: Optimizers, rng: Rng): BilevelState {
  const weights = problem.initWeights(rng.fork("weights"));
  const alpha = problem.initAlpha(rng.fork("alpha"));
  const weightsState = optimizers.weights.init(weights);
  return { weights, alpha, weightsState, alphaState: optimizers.alpha.init(alpha) };
}

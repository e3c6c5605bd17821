/** @file The three gradients that search methods ask of a problem. α's is the mixture's, pulled back through the relaxation. */
import { add, mul, type Scalar, sum } from "@tensorflow/tfjs-core";
import { type Params, valueAndGrad } from "../core/params.ts";
import type { Batch, Mixture, MixtureWeights, Problem } from "../problem.ts";

type Relax = (alpha: Params) => Mixture;

/** Loss and ∂L/∂w at (w, m). */
export function weightGrad(
  problem: Problem,
  weights: Params,
  mixture: Mixture,
  batch: Batch,
): { loss: Scalar; weights: Params } {
  const { loss, weights: gradient } = problem.lossAndGrad(weights, mixture, batch, "weights");
  return { loss, weights: gradient };
}

/** Loss and ∂L/∂α at (w, α); a mixture `at` other than the relaxed one makes it a straight-through estimate. */
export function alphaGrad(
  problem: Problem,
  weights: Params,
  alpha: Params,
  batch: Batch,
  relax: Relax = problem.relax,
  at: Mixture = relax(alpha),
): { loss: Scalar; alpha: Params } {
  const { loss, mixture } = problem.lossAndGrad(weights, at, batch, "mixture");
  return { loss, alpha: pullBack(relax, alpha, mixture) };
}

/** Loss, ∂L/∂w and ∂L/∂α at (w, α) in one pass. */
export function bothGrads(
  problem: Problem,
  weights: Params,
  alpha: Params,
  batch: Batch,
): { loss: Scalar; weights: Params; alpha: Params } {
  const { relax } = problem;
  const point = problem.lossAndGrad(weights, relax(alpha), batch, "both");
  return {
    loss: point.loss,
    weights: point.weights,
    alpha: pullBack(relax, alpha, point.mixture),
  };
}

/** The loss alone, at the price of a mixture's gradient: there is no cheaper question. */
export const lossAt = (problem: Problem, weights: Params, mixture: Mixture, batch: Batch): Scalar =>
  problem.lossAndGrad(weights, mixture, batch, "mixture").loss;

/** (∂m/∂α)ᵀ · ∂L/∂m. */
function pullBack(relax: Relax, alpha: Params, gradient: MixtureWeights): Params {
  const along = (a: Params): Scalar => {
    const { weights } = relax(a);
    const dots = Object.entries(gradient).map(([group, g]) =>
      sum(mul(weights[group] as typeof g, g)),
    );
    return dots.reduce((x, y) => add(x, y)) as Scalar;
  };
  return valueAndGrad(along, alpha).grads[0];
}

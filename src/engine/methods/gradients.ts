/** @file The three gradients that search methods ask of a problem. α's is the mixture's, pulled back through the relaxation. */
import { add, mul, type Scalar, sum } from "@tensorflow/tfjs-core";
import { type Params, valueAndGrad } from "../core/params.ts";
import type {
  Asked,
  Batch,
  LossAndGrad,
  Mixture,
  MixtureWeights,
  Problem,
  Wrt,
} from "../problem.ts";

/** A mixture from α and the way back; a problem is its own. */
export type Relaxation = Pick<Problem, "relax" | "pullBack">;

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
  relaxation: Relaxation = problem,
  at: Mixture = relaxation.relax(alpha),
): { loss: Scalar; alpha: Params } {
  const { loss, mixture } = problem.lossAndGrad(weights, at, batch, "mixture");
  return { loss, alpha: pullBack(relaxation, alpha, mixture) };
}

/** Loss, ∂L/∂w and ∂L/∂α at (w, α) in one pass. */
export function bothGrads(
  problem: Problem,
  weights: Params,
  alpha: Params,
  batch: Batch,
): { loss: Scalar; weights: Params; alpha: Params } {
  const point = problem.lossAndGrad(weights, problem.relax(alpha), batch, "both");
  return { ...point, alpha: pullBack(problem, alpha, point.mixture) };
}

/** Weights, and a batch to try them on. */
type Place = readonly [weights: Params, batch: Batch];

/** `alphaGrad` (with "mixture") or `bothGrads` at two places with the same α: neither waits for the other. */
export function gradsAtBoth<W extends "mixture" | "both">(
  problem: Problem,
  alpha: Params,
  wrt: W,
  places: readonly [Place, Place],
): [Gradients<W>, Gradients<W>] {
  const mixture = problem.relax(alpha);
  const [a, b] = places.map(([weights, batch]) => ({ weights, mixture, batch, wrt })) as [
    Asked<W>,
    Asked<W>,
  ];
  const ask = ({ weights, mixture, batch, wrt }: Asked<W>) =>
    problem.lossAndGrad(weights, mixture, batch, wrt);
  const [first, second] = problem.lossAndGradAtBoth?.(a, b) ?? [ask(a), ask(b)];
  const withAlpha = (point: LossAndGrad<W>): Gradients<W> => ({
    ...point,
    alpha: pullBack(problem, alpha, point.mixture as MixtureWeights),
  });
  return [withAlpha(first), withAlpha(second)];
}
interface Gradients<W extends Wrt> {
  readonly loss: Scalar;
  readonly weights: LossAndGrad<W>["weights"];
  readonly alpha: Params;
}

/** The loss alone. */
export const lossAt = (problem: Problem, weights: Params, mixture: Mixture, batch: Batch): Scalar =>
  problem.lossAndGrad(weights, mixture, batch, "none").loss;

/** (∂m/∂α)ᵀ · ∂L/∂m. */
export function pullBack(relaxation: Relaxation, alpha: Params, gradient: MixtureWeights): Params {
  if (relaxation.pullBack) return relaxation.pullBack(alpha, gradient);
  const along = (a: Params): Scalar => {
    const { weights } = relaxation.relax(a);
    const dots = Object.entries(gradient).map(([group, g]) =>
      sum(mul(weights[group] as typeof g, g)),
    );
    return dots.reduce((x, y) => add(x, y)) as Scalar;
  };
  return valueAndGrad(along, alpha).grads[0];
}

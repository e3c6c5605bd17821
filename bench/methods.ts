/** @file The methods whose steps are timed, with the settings that make them so; two are the halves of DARTS's step. */
import { completeHyper } from "../src/engine/core/hyper.ts";
import type { OptimizerState } from "../src/engine/core/optim.ts";
import { darts } from "../src/engine/methods/darts.ts";
import { edas } from "../src/engine/methods/edas.ts";
import { alphaGrad, weightGrad } from "../src/engine/methods/gradients.ts";
import { rarts } from "../src/engine/methods/rarts.ts";
import type { MethodState, SearchMethod } from "../src/engine/problem.ts";
import type { Hyper } from "../src/protocol/spec.ts";
import type { StepName } from "./engine.ts";

/** DARTS's look-ahead at second order: w's learning rate. */
const xi = 0.025;

interface HalfState extends MethodState {
  readonly optimizer: OptimizerState;
}
const half = (
  which: "weights" | "alpha",
  step: SearchMethod<HalfState>["step"],
): SearchMethod<HalfState> => ({
  id: which,
  label: which,
  summary: "",
  reference: "",
  hyper: {},
  phases: () => [],
  init(problem, optimizers, rng) {
    const weights = problem.initWeights(rng.fork("weights"));
    const alpha = problem.initAlpha(rng.fork("alpha"));
    return { weights, alpha, optimizer: optimizers[which].init({ weights, alpha }[which]) };
  },
  step,
});

/** w ← SGD(clip(∇w L_train(w, α))), α fixed. */
const weightsOnly = half("weights", (problem, state, { train, optimizers }) => {
  const { weights, alpha, optimizer } = state;
  const { loss, weights: g } = weightGrad(problem, weights, problem.relax(alpha), train);
  const w = optimizers.weights.update(weights, g, optimizer);
  return {
    state: { weights: w.params, alpha, optimizer: w.state },
    report: { trainLoss: loss, valLoss: loss },
  };
});
/** α ← Adam(∇α L_val(w, α)), w fixed: no gradient by weights is computed. */
const alphaOnly = half("alpha", (problem, state, { val, optimizers }) => {
  const { weights, alpha, optimizer } = state;
  const { loss, alpha: g } = alphaGrad(problem, weights, alpha, val);
  const a = optimizers.alpha.update(alpha, g, optimizer);
  return {
    state: { weights, alpha: a.params, optimizer: a.state },
    report: { trainLoss: loss, valLoss: loss },
  };
});

/** A method with all its settings. */
export interface Timed {
  readonly method: SearchMethod;
  readonly hyper: Hyper;
}
const timed = (method: unknown, hyper: Hyper = {}): Timed => {
  const known = method as SearchMethod;
  return { method: known, hyper: completeHyper(known.hyper, hyper) };
};

/** `hyper` are a preset's settings by method. */
export const methodsOf = (hyper: Readonly<Record<string, Hyper>>): Record<StepName, Timed> => ({
  w: timed(weightsOnly),
  alpha: timed(alphaOnly),
  darts1: timed(darts, { ...hyper["darts"], xi: 0 }),
  darts2: timed(darts, { ...hyper["darts"], xi }),
  rarts4: timed(rarts, { ...hyper["rarts"], reuseGradients: 0 }),
  rarts2: timed(rarts, { ...hyper["rarts"], reuseGradients: 1 }),
  edas: timed(edas, hyper["edas"]),
});

/**
 * @file MiLeNAS — He, Ye, Shen & Zhang, CVPR 2020: mixed-level search. RARTS without its second weights.
 *
 *   1. w ← SGD(w, ∇w L_train(w, α))
 *   2. α ← Adam(α, ∇α L_train(w, α) + λ ∇α L_val(w, α))
 */
import { log } from "../core/hyper.ts";
import { axpy, scale } from "../core/params.ts";
import type { SearchMethod } from "../problem.ts";
import { type BilevelState, initBilevel } from "./bilevel.ts";
import { alphaGrad, weightGrad } from "./gradients.ts";

/** Three passes a step. λ → 0 is single-level search, λ → ∞ first-order DARTS. */
export const milenas: SearchMethod<BilevelState, { readonly lambda: number }> = {
  id: "milenas",
  label: "MiLeNAS",
  summary:
    "Both losses teach α, only the training loss teaches w: what remains of RARTS without a second copy of the weights.",
  reference: "He, Ye, Shen & Zhang, CVPR 2020, mixed-level updates with first derivatives",
  hyper: {
    lambda: log(
      "Validation weight λ",
      "How much the validation loss counts for α against the training loss; the paper uses 1.",
      1,
      0.01,
      1000,
    ),
  },

  phases: () => [
    { id: "weights", label: "w", moves: "w", text: "w steps down L_train(w, α)." },
    { id: "grad", label: "∇α", text: "∇α L_train(w, α) + λ ∇α L_val(w, α), with the new w." },
    {
      id: "alpha",
      label: "α",
      moves: "alpha",
      text: "α steps down both losses together.",
      terms: [
        { label: "∇α L_train(w, α)", text: "the training loss" },
        { label: "λ ∇α L_val(w, α)", text: "λ-term: the validation loss" },
      ],
    },
  ],

  init: initBilevel,

  step(problem, state, { train, val, hyper: { lambda }, optimizers }) {
    const { weights, alpha, weightsState, alphaState } = state;
    const W = weightGrad(problem, weights, problem.relax(alpha), train);
    const w = optimizers.weights.update(weights, W.weights, weightsState);

    const onTrain = alphaGrad(problem, w.params, alpha, train);
    const onVal = alphaGrad(problem, w.params, alpha, val);
    const A = axpy(lambda, onVal.alpha, onTrain.alpha);
    const a = optimizers.alpha.update(alpha, A, alphaState);

    return {
      state: { weights: w.params, alpha: a.params, weightsState: w.state, alphaState: a.state },
      report: {
        trainLoss: onTrain.loss,
        valLoss: onVal.loss,
        explain: () => ({ terms: [onTrain.alpha, scale(lambda, onVal.alpha)] }),
      },
    };
  },
};

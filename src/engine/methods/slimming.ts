/**
 * @file Network slimming — Liu et al., ICCV 2017 (arXiv:1708.06519): channel scores are trained like any weight, on the
 * training half alone, with the subgradient of an L1 penalty. No search: one level, one copy.
 *
 *   w ← SGD(w, ∇w L_train(w, α)),   α ← Opt(α, ∇α L_train(w, α) + s · sign α),   both at the old point
 */
import { sign } from "@tensorflow/tfjs-core";
import { scoresChannels } from "../../genotype/widths.ts";
import { log } from "../core/hyper.ts";
import { axpy, mapParams } from "../core/params.ts";
import type { SearchMethod } from "../problem.ts";
import { type BilevelState, initBilevel } from "./bilevel.ts";
import { bothGrads, lossAt } from "./gradients.ts";

/** One pass a step, and one more, forward only, for the loss on the validation half, which teaches nothing here. */
export const slimming: SearchMethod<BilevelState, { readonly strength: number }> = {
  id: "slimming",
  label: "Network slimming",
  summary:
    "Trains everything at once on the training half, with a constant pull of every channel's scale towards zero; what stays small is pruned.",
  reference:
    "Liu et al., ICCV 2017, arXiv:1708.06519, and its authors' code; a norm's scale stands by itself here, without a shift",
  hyper: {
    strength: log(
      "Sparsity s",
      "Pull of every channel's score towards zero; its authors use 1e-4 for VGG and 1e-5 for ResNets.",
      1e-4,
      1e-7,
      1,
    ),
  },
  accepts: (groups) => groups.every(scoresChannels),

  phases: () => [
    { id: "grad", label: "∇", text: "One pass over a training batch gives ∇w and ∇α." },
    { id: "weights", label: "w", moves: "w", text: "w steps down L_train(w, α)." },
    {
      id: "alpha",
      label: "α",
      moves: "alpha",
      text: "α steps down L_train(w, α) + s Σ |α|, by its subgradient.",
      noTerms: "No arrows: each channel has a score by itself, which takes no share from others.",
    },
  ],

  init: initBilevel,

  step(problem, state, { train, val, hyper: { strength }, optimizers }) {
    const { weights, alpha, weightsState, alphaState } = state;
    const { loss, ...grads } = bothGrads(problem, weights, alpha, train);
    const w = optimizers.weights.update(weights, grads.weights, weightsState);
    const signs = mapParams((x) => sign(x), alpha);
    const a = optimizers.alpha.update(alpha, axpy(strength, signs, grads.alpha), alphaState);
    const valLoss = lossAt(problem, w.params, problem.relax(a.params), val);
    return {
      state: { weights: w.params, alpha: a.params, weightsState: w.state, alphaState: a.state },
      report: { trainLoss: loss, valLoss },
    };
  },
};

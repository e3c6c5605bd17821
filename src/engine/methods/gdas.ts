/**
 * @file GDAS — Dong & Yang, CVPR 2019 (arXiv:1910.04465): one sampled candidate an edge, straight-through gradients.
 *
 *   G ~ Gumbel;   h = one-hot(argmax(α + G)),   p = softmax((log softmax α + G) / τ),   τ falls linearly
 *   1. w ← SGD(w, ∇w L_train(w, h))
 *   2. α ← Adam(α, (∂p/∂α)ᵀ ∇h L_val(w, h))                with a new G
 */
import { add, div, logSoftmax, softmax, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { log, toggle } from "../core/hyper.ts";
import type { Params } from "../core/params.ts";
import type { Rng } from "../core/rng.ts";
import type { AlphaValues, Mixture, Problem, SearchMethod } from "../problem.ts";
import { type BilevelState, initBilevel } from "./bilevel.ts";
import { alphaGrad, weightGrad } from "./gradients.ts";
import { gumbel, pathMixture, strongestPath, withGumbel } from "./paths.ts";

type GdasHyper = {
  readonly tauStart: number;
  readonly tauEnd: number;
  readonly allCandidates: number;
};

/** Two passes a step, each through one candidate an edge. */
export const gdas: SearchMethod<BilevelState, GdasHyper> = {
  id: "gdas",
  label: "GDAS",
  summary:
    "Draws one candidate for every edge by its share and runs only those; α learns as if a softened draw had been run.",
  reference: "Dong & Yang, CVPR 2019, arXiv:1910.04465, and its official code",
  hyper: {
    tauStart: log("First temperature τ", "Softness of the draw at the start.", 10, 0.01, 100),
    tauEnd: log("Last temperature τ", "Softness of the draw at the end.", 0.1, 0.01, 100),
    allCandidates: toggle(
      "α sees all candidates",
      "On: α's step runs every candidate, which is the whole straight-through gradient. Off: only the drawn one runs and the others count as having no slope, which is cheap.",
      0,
    ),
  },
  needsAlphaOnHost: true,
  accepts: (groups) => groups.every((g) => g.kind === "choice"),

  phases: () => [
    {
      id: "draw",
      label: "h",
      clamps: "h",
      text: "Gumbel noise on α draws one candidate h for each edge.",
    },
    {
      id: "weights",
      label: "w",
      clamps: "h",
      moves: "w",
      text: "w steps down L_train(w, h), through the drawn candidates alone.",
    },
    { id: "redraw", label: "h′", clamps: "h′", text: "New noise draws candidates for α's turn." },
    {
      id: "alpha",
      label: "α",
      clamps: "h′",
      moves: "alpha",
      text: "α steps down L_val(w, h′), as if h′ were its softmax at temperature τ.",
      terms: [
        { label: "(∂p/∂α)ᵀ ∇h L_val(w, h′)", text: "the validation loss, straight through h′" },
      ],
    },
  ],

  init: initBilevel,

  step(problem, state, { train, val, rng, progress, alphaOnHost, hyper, optimizers }) {
    const { weights, alpha, weightsState, alphaState } = state;
    const tau = hyper.tauStart + (hyper.tauEnd - hyper.tauStart) * progress;

    const forWeights = draw(problem, alphaOnHost, rng.fork("weights"), tau);
    const W = weightGrad(problem, weights, forWeights.hard, train);
    const w = optimizers.weights.update(weights, W.weights, weightsState);

    const { hard, soft } = draw(problem, alphaOnHost, rng.fork("alpha"), tau);
    const at = hyper.allCandidates ? { weights: hard.weights } : hard;
    const A = alphaGrad(problem, w.params, alpha, val, { relax: soft }, at);
    const a = optimizers.alpha.update(alpha, A.alpha, alphaState);

    return {
      state: { weights: w.params, alpha: a.params, weightsState: w.state, alphaState: a.state },
      report: {
        trainLoss: W.loss,
        valLoss: A.loss,
        explain: () => ({
          terms: [A.alpha],
          ran: { h: forWeights.hard.weights, "h′": hard.weights },
        }),
      },
    };
  },
};

/** One Gumbel draw: the one-hot mixture that runs, and the softmax at temperature τ that α's gradient goes through. */
function draw({ groups }: Problem, alpha: AlphaValues, rng: Rng, tau: number) {
  const noise = gumbel(groups, rng);
  const path = strongestPath(groups, withGumbel(groups, alpha, noise, 1), 0);
  const soft = (a: Params): Mixture => ({
    weights: Object.fromEntries(
      groups.map(({ name, edges, ops }) => {
        const G = tensor2d(noise[name] as Float32Array, [edges.length, ops.length]);
        const logits = div(add(logSoftmax(a[name] as Tensor2D), G), tau);
        return [name, softmax(logits) as Tensor2D];
      }),
    ),
  });
  return { hard: pathMixture(groups, path), soft };
}

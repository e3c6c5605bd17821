/**
 * @file Random search, the baseline of Li & Talwalkar (UAI 2019, arXiv:1902.07638): α is drawn once and never learns.
 *
 *   α ~ N(0, 1), so that what is derived is a uniform draw;   each step: a ~ Uniform(paths)
 *   w ← SGD(w, ∇w L_train(w, a))                the shared weights still learn, for whatever looks at them later
 */
import { tensor2d } from "@tensorflow/tfjs-core";
import { integer } from "../core/hyper.ts";
import type { OptimizerState } from "../core/optim.ts";
import type { MethodState, SearchMethod } from "../problem.ts";
import { lossAt, weightGrad } from "./gradients.ts";
import { normalScores, pathMixture, randomPath } from "./paths.ts";

interface RandomState extends MethodState {
  readonly weightsState: OptimizerState;
}

/** Both losses are those of the path of the step. */
export const random: SearchMethod<RandomState, { readonly kept: number }> = {
  id: "random",
  label: "Random architecture",
  summary:
    "Draws the architecture from the seed and never changes it; the weights learn on a new random path at every step.",
  reference: "the baseline of Li & Talwalkar, UAI 2019, arXiv:1902.07638",
  hyper: {
    kept: integer(
      "Edges kept per node",
      "How many edges a node of a sampled path has, as many as the space keeps; 0 gives every edge one candidate, none included.",
      2,
      0,
      8,
    ),
  },
  accepts: (groups) => groups.every((g) => g.kind === "choice"),

  phases: () => [
    { id: "draw", label: "a", clamps: "a", text: "A path a through the cell is drawn at random." },
    {
      id: "weights",
      label: "w",
      clamps: "a",
      moves: "w",
      text: "w steps down L_train(w, a) on that path; α never learns.",
      noTerms: "Nothing pulls α: the seed drew it once, and no step moves it.",
    },
  ],

  init(problem, optimizers, rng) {
    const weights = problem.initWeights(rng.fork("weights"));
    const scores = normalScores(problem.groups, rng.fork("alpha"));
    const alpha = Object.fromEntries(
      problem.groups.map(({ name, edges, ops }) => [
        name,
        tensor2d(scores[name] as Float32Array, [edges.length, ops.length]),
      ]),
    );
    return { weights, alpha, weightsState: optimizers.weights.init(weights) };
  },

  step(problem, state, { train, val, rng, hyper: { kept }, optimizers }) {
    const path = pathMixture(problem.groups, randomPath(problem, rng, kept));
    const W = weightGrad(problem, state.weights, path, train);
    const w = optimizers.weights.update(state.weights, W.weights, state.weightsState);
    return {
      state: { ...state, weights: w.params, weightsState: w.state },
      report: {
        trainLoss: W.loss,
        valLoss: lossAt(problem, w.params, path, val),
        explain: () => ({ terms: [], ran: { a: path.weights } }),
      },
    };
  },
};

/**
 * @file Random search with weight sharing — Li & Talwalkar (UAI 2019, arXiv:1902.07638), as a tournament.
 * The paper trains on random paths and then ranks a sample of them by validation loss. To keep the leader in α at every
 * step, this project's reading ranks two at a time: the leader and a challenger, on the same batch and weights.
 *
 *   a, b ~ Uniform(paths);   w ← SGD(w, ∇w L_train(w, a))
 *   α ← one-hot(b) if L_val(w, b) < L_val(w, path of α)
 */
import { less, minimum, type Scalar, type Tensor, where } from "@tensorflow/tfjs-core";
import { integer } from "../core/hyper.ts";
import type { OptimizerState } from "../core/optim.ts";
import type { MethodState, SearchMethod } from "../problem.ts";
import { lossAt, weightGrad } from "./gradients.ts";
import { oneHotRows, pathMixture, randomPath, strongestPath } from "./paths.ts";

interface RspsState extends MethodState {
  readonly weightsState: OptimizerState;
}

/** Three passes a step. α holds the leader's path as one-hot rows, so that it is what is derived. */
export const rsps: SearchMethod<RspsState, { readonly kept: number }> = {
  id: "rsps",
  label: "Random search with weight sharing",
  summary:
    "Trains shared weights on random paths; at every step a random challenger meets the leader on the same validation batch, and the better one leads.",
  reference:
    "Li & Talwalkar, UAI 2019, arXiv:1902.07638; the tournament is this project's reading of its ranking",
  hyper: {
    kept: integer(
      "Edges kept per node",
      "How many edges a node of a path has, as many as the space keeps; 0 gives every edge one candidate, none included.",
      2,
      0,
      8,
      false,
    ),
  },
  needsAlphaOnHost: true,
  accepts: (groups) => groups.every((g) => g.kind === "choice"),

  phases: () => [
    { id: "draw", label: "a", clamps: "a", text: "A path a is drawn at random." },
    {
      id: "weights",
      label: "w",
      clamps: "a",
      moves: "w",
      text: "w steps down L_train(w, a) on that path.",
    },
    {
      id: "challenge",
      label: "b",
      clamps: "b",
      text: "A challenger b is drawn; the leader and b are scored on the same validation batch.",
    },
    {
      id: "alpha",
      label: "α",
      moves: "alpha",
      text: "α becomes b if b's validation loss is the lower one, else it stays.",
      noTerms:
        "No gradient pulls α: it is the leader's path, and a challenger that wins replaces it.",
    },
  ],

  init(problem, optimizers, rng, { kept }) {
    const { groups } = problem;
    const weights = problem.initWeights(rng.fork("weights"));
    const alpha = oneHotRows(groups, randomPath(problem, rng.fork("alpha"), kept));
    return { weights, alpha, weightsState: optimizers.weights.init(weights) };
  },

  step(problem, state, { train, val, rng, alphaOnHost, hyper: { kept }, optimizers }) {
    const { groups } = problem;
    const trained = pathMixture(groups, randomPath(problem, rng.fork("train"), kept));
    const W = weightGrad(problem, state.weights, trained, train);
    const w = optimizers.weights.update(state.weights, W.weights, state.weightsState);

    const challenger = pathMixture(groups, randomPath(problem, rng.fork("challenger"), kept));
    const leader = pathMixture(groups, strongestPath(groups, alphaOnHost, kept));
    const challenged = lossAt(problem, w.params, challenger, val);
    const led = lossAt(problem, w.params, leader, val);
    const isBetter = less(challenged, led);
    const alpha = Object.fromEntries(
      groups.map(({ name }) => [
        name,
        where(isBetter, challenger.weights[name] as Tensor, state.alpha[name] as Tensor),
      ]),
    );
    return {
      state: { weights: w.params, alpha, weightsState: w.state },
      report: {
        trainLoss: W.loss,
        valLoss: minimum(challenged, led) as Scalar,
        explain: () => ({ terms: [], ran: { a: trained.weights, b: challenger.weights } }),
      },
    };
  },
};

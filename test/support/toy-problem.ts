/** @file The toy of DARTS fig. 2 with its gradients written out, for laws that need thousands of steps. */
import {
  add,
  mul,
  reshape,
  type Scalar,
  square,
  sub,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import type { Problem } from "../../src/engine/problem.ts";
import { toy } from "../../src/engine/spaces/toy.ts";

const { groups, initWeights, initAlpha, relax } = toy.supernet(
  { kind: "analytic" },
  { alpha0: 2, w0: -2 },
);

/** L_val = αw − 2α + 1, L_train = (w − α)², from (α, w) = (2, −2). */
export const toyProblem: Problem = {
  groups,
  initWeights,
  initAlpha,
  relax,
  lossAndGrad(weights, mixture, { split }) {
    const w = weights["w"] as Scalar;
    const alpha = reshape(mixture.weights["alpha"] as Tensor, []) as Scalar;
    const gap = sub(w, alpha);
    const [loss, byW, byAlpha] =
      split === "val"
        ? [add(mul(alpha, sub(w, 2)), 1), alpha, sub(w, 2)]
        : [square(gap), mul(gap, 2), mul(gap, -2)];
    return {
      loss: loss as Scalar,
      weights: { w: byW },
      mixture: { alpha: reshape(byAlpha, [1, 1]) as Tensor2D },
    } as never;
  },
};

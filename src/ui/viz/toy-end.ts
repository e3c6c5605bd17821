/** @file Where a method ends on the solvable model of DARTS fig. 2, by algebra: L_val = αw − 2α + 1, L_train = (w − α)². */

import type { OptimizerSpec } from "../../protocol/spec.ts";

/** The limit of a method's iteration on the toy; `y` is RARTS's second copy of w. The true optimum is α = w = 1. */
export type ToyEnd =
  | { readonly kind: "point"; readonly alpha: number; readonly w: number; readonly y?: number }
  | { readonly kind: "none"; readonly reason: string };

type Hyper = Readonly<Record<string, number>>;
/** The optimisers of w (and y) and of α. */
export interface ToyOptimizers {
  readonly weights: OptimizerSpec;
  readonly alpha: OptimizerSpec;
}

/**
 * The limit for any step sizes that converge. `hyper` is the method's, complete: "darts" needs `xi`, "rarts" needs
 * `lambda` and `beta`. A method or a setting without a known limit gives kind "none" and says why.
 */
export function toyEnd(method: string, hyper: Hyper, { weights, alpha }: ToyOptimizers): ToyEnd {
  if (weights.decay > 0 || alpha.decay > 0) return none("weight decay moves it; no closed form");
  switch (method) {
    case "darts":
      return hyper["tied"] ? tiedEnd(weights) : dartsEnd(hyper["xi"]);
    case "milenas":
      return dartsEnd(0); // where w = α, what it adds to first-order DARTS is nothing
    case "rarts":
      return hyper["doubleEvery"]
        ? none("λ and β keep doubling: it drifts towards (1, 1)")
        : rartsEnd(hyper["lambda"], hyper["beta"]);
    case "edas":
      return none("needs edges to choose on");
    default:
      return none(`no closed form for ${method}`);
  }
}
const none = (reason: string): ToyEnd => ({ kind: "none", reason });

/** DARTS with ξ = η, which has one end only while η stays. */
function tiedEnd(weights: OptimizerSpec): ToyEnd {
  const isAnnealed = weights.kind === "sgd" && weights.lrFloor !== weights.lr;
  return isAnnealed ? none("ξ follows a falling rate: the end moves") : dartsEnd(weights.lr);
}

/** The fixed point of α ← α − η((w′ − 2) + 2ξα), w ← w − 2η(w − α), with w′ = w − 2ξ(w − α). */
function dartsEnd(xi: number | undefined): ToyEnd {
  if (xi === undefined) return none("ξ is not given");
  const end = 2 / (1 + 2 * xi);
  return { kind: "point", alpha: end, w: end };
}

/** The critical point of L_val(y, α) + λ·L_train(w, α) + ½β(y − w)², which is convex only for 4λβ > 2λ + β. */
function rartsEnd(lambda: number | undefined, beta: number | undefined): ToyEnd {
  if (lambda === undefined || beta === undefined) return none("λ and β are not given");
  const determinant = 4 * lambda * beta - 2 * lambda - beta;
  // Rounding may leave a little more than nothing where the algebra gives zero.
  if (determinant <= 1e-12 * (2 * lambda + beta))
    return none("4λβ ≤ 2λ + β: a saddle, it diverges");
  const alpha = (4 * lambda * beta) / determinant;
  return { kind: "point", alpha, w: alpha * (1 - 1 / (2 * lambda)), y: 2 - alpha };
}

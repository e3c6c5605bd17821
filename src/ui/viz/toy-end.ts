/** @file Where a method ends on the solvable model of DARTS fig. 2, by algebra: L_val = αw − 2α + 1, L_train = (w − α)². */

/** The limit of a method's iteration on the toy; `y` is RARTS's second copy of w. The true optimum is α = w = 1. */
export type ToyEnd =
  | { readonly kind: "point"; readonly alpha: number; readonly w: number; readonly y?: number }
  | { readonly kind: "none"; readonly reason: string };

/**
 * The limit for any step sizes that converge. `hyper` is the method's, complete: "darts" needs `xi`, "rarts" needs
 * `lambda` and `beta`. A method without a known limit gives kind "none" and says why.
 */
export function toyEnd(method: string, hyper: Readonly<Record<string, number>>): ToyEnd {
  switch (method) {
    case "darts":
      return dartsEnd(hyper["xi"]);
    case "rarts":
      return rartsEnd(hyper["lambda"], hyper["beta"]);
    case "edas":
      return { kind: "none", reason: "needs edges to choose on" };
    default:
      return { kind: "none", reason: `no closed form for ${method}` };
  }
}

/** The fixed point of α ← α − η((w′ − 2) + 2ξα), w ← w − 2η(w − α), with w′ = w − 2ξ(w − α). */
function dartsEnd(xi: number | undefined): ToyEnd {
  if (xi === undefined) return { kind: "none", reason: "ξ is not given" };
  const end = 2 / (1 + 2 * xi);
  return { kind: "point", alpha: end, w: end };
}

/** The critical point of L_val(y, α) + λ·L_train(w, α) + ½β(y − w)², which is convex only for 4λβ > 2λ + β. */
function rartsEnd(lambda: number | undefined, beta: number | undefined): ToyEnd {
  if (lambda === undefined || beta === undefined)
    return { kind: "none", reason: "λ and β are not given" };
  const determinant = 4 * lambda * beta - 2 * lambda - beta;
  // Rounding may leave a little more than nothing where the algebra gives zero.
  if (determinant <= 1e-12 * (2 * lambda + beta))
    return { kind: "none", reason: "4λβ ≤ 2λ + β: a saddle, it diverges" };
  const alpha = (4 * lambda * beta) / determinant;
  return { kind: "point", alpha, w: alpha * (1 - 1 / (2 * lambda)), y: 2 - alpha };
}

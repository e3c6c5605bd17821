/** @file Where a method ends on the solvable model of DARTS fig. 2, from its linear steps, and whether it gets there. */
import { fixedPoint, spectralRadius, toyMap } from "./toy-map.ts";
import type { ToyRules } from "./toy-step.ts";

/** The limit of a method's iteration on the toy; `y` is RARTS's second copy of w. The true optimum is α = w = 1. */
export type ToyEnd =
  | {
      readonly kind: "point";
      readonly alpha: number;
      readonly w: number;
      readonly y?: number;
      /** By which factor a step, in the long run, shortens the way to the end; from 1 on it lengthens it: diverging. */
      readonly radius: number;
    }
  | { readonly kind: "none"; readonly reason: string };

/** The end at settings that stay as they are. A method or a setting without one gives kind "none" and says why. */
export function toyEnd(rules: ToyRules): ToyEnd {
  const { method, hyper, optimizers } = rules;
  const { weights } = optimizers;
  if (method === "rarts" && hyper["doubleEvery"])
    return none("λ and β keep doubling: it drifts towards (1, 1)");
  if (
    method === "darts" &&
    hyper["tied"] &&
    weights.kind === "sgd" &&
    weights.lrFloor !== weights.lr
  )
    return none("ξ follows a falling rate: the end moves");
  const map = toyMap(rules);
  if (typeof map === "string") return none(map);
  const end = fixedPoint(map);
  if (!end) return none("4λβ ≤ 2λ + β: a saddle, it diverges");
  const { alpha, w, y } = end;
  const radius = spectralRadius(map);
  return { kind: "point", alpha, w, ...(method === "rarts" && { y }), radius };
}
const none = (reason: string): ToyEnd => ({ kind: "none", reason });

/**
 * @file One step of each method on the solvable model of DARTS fig. 2, in plain numbers. The field, the predicted paths,
 * the rings and the diverging region all follow from it; test/toy-laws.test.ts compares it with the engine's own steps.
 *
 *   L_val = αw − 2α + 1,   L_train = (w − α)²
 */
import type { OptimizerSpec, SgdSpec } from "../../protocol/spec.ts";

/** Everything that a method remembers on the toy. `y` is RARTS's second w, and equals w elsewhere. */
export interface ToyPoint {
  readonly alpha: number;
  readonly w: number;
  readonly y: number;
  /** What momentum carries on: [of α, of w, of y]. */
  readonly velocity: readonly [number, number, number];
}
/** The optimisers of w (and y) and of α. */
export interface ToyOptimizers {
  readonly weights: OptimizerSpec;
  readonly alpha: OptimizerSpec;
}
/** A lane's settings, as far as they move α and w. */
export interface ToyRules {
  /** The method's id. */
  readonly method: string;
  /** The method's, complete: "darts" needs `xi`, "rarts" `lambda` and `beta`, "milenas" `lambda`. */
  readonly hyper: Readonly<Record<string, number>>;
  readonly optimizers: ToyOptimizers;
}
/** Which step it is: schedules follow it. */
export interface ToyClock {
  /** Steps already taken. */
  readonly step: number;
  /** Of how many. */
  readonly of: number;
}
/** From one point to the next. */
export type ToyStepper = (from: ToyPoint, clock: ToyClock) => ToyPoint;

/** At rest at (α, w), where RARTS's copy starts as w does. */
export const startAt = (alpha: number, w: number): ToyPoint => ({
  alpha,
  w,
  y: w,
  velocity: [0, 0, 0],
});

/** How lanes step, or why that is not known here. */
export function toyStepper({
  method,
  hyper,
  optimizers: { weights, alpha },
}: ToyRules): ToyStepper | string {
  if (weights.kind === "adam" || alpha.kind === "adam")
    return "Adam remembers too much for a plane; no closed form";
  switch (method) {
    case "darts":
      return hyper["xi"] === undefined ? "ξ is not given" : darts(hyper, weights, alpha);
    case "milenas":
      return hyper["lambda"] === undefined ? "λ is not given" : milenas(hyper, weights, alpha);
    case "rarts":
      return hyper["lambda"] === undefined || hyper["beta"] === undefined
        ? "λ and β are not given"
        : rarts(hyper, weights, alpha);
    case "edas":
      return "needs edges to choose on";
    default:
      return `no closed form for ${method}`;
  }
}

/** Gradients of L_train by w (by α it is the opposite) and of L_val by α; L_val by w is α. */
const trainByW = (alpha: number, w: number) => 2 * (w - alpha);
const valByAlpha = (w: number) => w - 2;

type Hyper = ToyRules["hyper"];
type Value = readonly [value: number, velocity: number];
/** v ← μv + clip(g) + decay·x + pull;  x ← x − η v */
function descend([x, v]: Value, g: number, spec: SgdSpec, clock: ToyClock, pull = 0): Value {
  const { momentum, decay, clip } = spec;
  const clipped = clip > 0 ? g * Math.min(1, clip / (Math.abs(g) + 1e-6)) : g;
  const velocity = momentum * v + clipped + decay * x + pull;
  return [x - rateAt(spec, clock) * velocity, velocity];
}
/** Half a cosine from `lr` to `lrFloor`. */
export function rateAt({ lr, lrFloor }: SgdSpec, { step, of }: ToyClock): number {
  const progress = of > 0 ? Math.min(1, step / of) : 0;
  return lrFloor + ((lr - lrFloor) / 2) * (1 + Math.cos(Math.PI * progress));
}
const point = (a: Value, w: Value, y: Value = [w[0], 0]): ToyPoint => ({
  alpha: a[0],
  w: w[0],
  y: y[0],
  velocity: [a[1], w[1], y[1]],
});

/** α ← α − η ∇α L_val(w − ξ ∇w L_train, α) and w ← w − η ∇w L_train: α first, or w. */
const darts =
  (hyper: Hyper, weights: SgdSpec, alpha: SgdSpec): ToyStepper =>
  (at, clock) => {
    const xi = hyper["tied"] ? rateAt(weights, clock) : (hyper["xi"] ?? 0);
    const old: Value = [at.w, at.velocity[1]];
    const learn = (seen: number) => descend(old, trainByW(seen, at.w), weights, clock);
    const early = hyper["weightsFirst"] ? learn(at.alpha) : undefined;
    const [w, vW] = early ?? old;
    const carried = hyper["momentum"] ? weights.momentum * vW + weights.decay * w : 0;
    const ahead = w - xi * (trainByW(at.alpha, w) + carried);
    // −ξ ∂²L_train/∂α∂w · ∂L_val/∂w, and the mixed derivative is −2.
    const slope = valByAlpha(ahead) + 2 * xi * at.alpha;
    const a = descend([at.alpha, at.velocity[0]], slope, alpha, clock);
    return point(a, early ?? learn(a[0]));
  };

/** w ← w − η ∇w L_train, then α ← α − η (∇α L_train + λ ∇α L_val). */
const milenas =
  ({ lambda = 1 }: Hyper, weights: SgdSpec, alpha: SgdSpec): ToyStepper =>
  (at, clock) => {
    const w = descend([at.w, at.velocity[1]], trainByW(at.alpha, at.w), weights, clock);
    const slope = lambda * valByAlpha(w[0]) - trainByW(at.alpha, w[0]);
    return point(descend([at.alpha, at.velocity[0]], slope, alpha, clock), w);
  };

/** w, then y, then α descend L_val(y, α) + λ L_train(w, α) + ½β (y − w)². Reconstructed, as the engine's RARTS is. */
const rarts =
  (hyper: Hyper, weights: SgdSpec, alpha: SgdSpec): ToyStepper =>
  (at, clock) => {
    const { doubleEvery = 0, reuseGradients } = hyper;
    const growth = doubleEvery > 0 ? 2 ** Math.floor(clock.step / doubleEvery) : 1;
    const [lambda, beta] = [(hyper["lambda"] ?? 1) * growth, (hyper["beta"] ?? 1) * growth];
    const [vAlpha, vW, vY] = at.velocity;
    const dw = lambda * trainByW(at.alpha, at.w);
    const w = descend([at.w, vW], dw, weights, clock, beta * (at.w - at.y));
    const y = descend([at.y, vY], at.alpha, weights, clock, beta * (at.y - w[0]));
    const [seenW, seenY] = reuseGradients ? [at.w, at.y] : [w[0], y[0]];
    const slope = valByAlpha(seenY) - lambda * trainByW(at.alpha, seenW);
    return point(descend([at.alpha, vAlpha], slope, alpha, clock), w, y);
  };

/** @file The kernels a plan is made of: what each computes, its constants, and the arguments it takes. */
import type { Geometry, Window } from "./geometry.ts";

/** How a gradient arrives: it replaces or is added, everywhere or only where a ReLU let its input through. */
export interface Arrival {
  readonly add: boolean;
  readonly masked: boolean;
}
/** `n` planes of one geometry. */
interface Sheet {
  readonly n: number;
  readonly geo: Geometry;
}

/**
 * A kernel with all its sizes constant, so that executors may unroll by them. The comments name the arguments: float
 * offsets into the arena, in order. d… is a gradient; st is (mean, 1/σ) a plane; α and w are scalars or weights.
 */
export type Spec =
  /** to = 0 */
  | { readonly kind: "zero"; readonly size: number }
  /** x, w, y: one k×k filter a plane. */
  | { readonly kind: "depthwise"; readonly window: Window }
  /** dy, w, dx, relu */
  | ({ readonly kind: "depthwiseBackInput"; readonly window: Window } & Arrival)
  /** x, dy, dw */
  | { readonly kind: "depthwiseBackWeight"; readonly window: Window }
  /** x, y: the k×k neighbourhoods of every plane as planes of their own, which makes a convolution a pointwise one. */
  | { readonly kind: "patches"; readonly window: Window }
  /** dy, dx, relu */
  | ({ readonly kind: "patchesBack"; readonly window: Window } & Arrival)
  /** x, w, y, relu, bias: y = W·x over channels; W by strides, so that its transpose is the gradient by x. */
  | ({
      readonly kind: "pointwise";
      readonly out: number;
      readonly in: number;
      readonly outStride: number;
      readonly inStride: number;
      readonly geo: Geometry;
      readonly bias: boolean;
    } & Arrival)
  /** dy, x, dw: adds dy·xᵀ to dw (out, in). */
  | {
      readonly kind: "pointwiseBackWeight";
      readonly out: number;
      readonly in: number;
      readonly geo: Geometry;
    }
  /** dy, db: db = Σ dy, a plane each. */
  | ({ readonly kind: "biasBack" } & Sheet)
  /** y, st */
  | ({ readonly kind: "statistics" } & Sheet)
  /** y, st, raw, relu, gamma, beta: stores γ(y − mean)/σ + β, its ReLU, or both. */
  | ({
      readonly kind: "normalise";
      readonly raw: boolean;
      readonly relu: boolean;
      readonly affine: boolean;
    } & Sheet)
  /**
   * g, y, st, scale, dscale, dy: the gradient of scale · norm(y) by y, and by scale (one partial sum a plane).
   * Affine: scale is γ, a plane each, and β's gradient goes `beta` floats beyond γ's.
   */
  | ({
      readonly kind: "normaliseBack";
      readonly add: boolean;
      readonly affine: boolean;
      readonly beta: number;
    } & Sheet)
  /** table, coefficients, raw, relu: Σ α (y − mean)/σ over the table's [count, (y, st, α)…], its ReLU, or both. */
  | ({ readonly kind: "mix"; readonly raw: boolean; readonly relu: boolean } & Sheet)
  /** g, y, sums: Σ g·y, a plane each. */
  | ({ readonly kind: "dot" } & Sheet)
  /** g, scale, dx, relu: dx = scale · g */
  | ({ readonly kind: "scale" } & Sheet & Arrival)
  /** x, max, avg, argmax, inverse: 3×3 windows; argmax is the tap 0…8, inverse is 1 / pixels inside, an output each. */
  | ({ readonly kind: "pool" } & PoolSizes)
  /** dmax, davg, argmax, dx, inverse */
  | ({ readonly kind: "poolBack"; readonly add: boolean } & PoolSizes)
  /** x, y: every second pixel of both axes, from (shift, shift). */
  | ({ readonly kind: "halve" } & HalveSizes)
  /** dy, dx, relu: always adds. */
  | ({ readonly kind: "halveBack"; readonly masked: boolean } & HalveSizes)
  /** x, y: a plane's mean over its pixels. */
  | ({ readonly kind: "average"; readonly dst: Geometry } & Sheet)
  /** dy, dx */
  | ({ readonly kind: "averageBack"; readonly dst: Geometry; readonly add: boolean } & Sheet);

interface PoolSizes {
  readonly s: 1 | 2;
  readonly src: Geometry;
  readonly dst: Geometry;
  readonly n: number;
  readonly max: boolean;
  readonly average: boolean;
}
interface HalveSizes {
  readonly shift: 0 | 1;
  readonly src: Geometry;
  readonly dst: Geometry;
  readonly n: number;
}

export type SpecOf<K extends Spec["kind"]> = Extract<Spec, { kind: K }>;
/** The most arguments any kernel takes. */
export const ARITY = 6;

/**
 * @file A network as data: layers in order, their shapes and their weights, and no arithmetic.
 * A space writes it once; the reference interprets it and the compiler turns it into a plan.
 */

/** Names a layer's output: its index in `Network.layers`. */
export type Value = number;
/** Without the batch axis: (channels, height, width), or (features). */
export type Shape = readonly number[];

/** One mixture entry: candidate `op` on edge `edge` of alpha group `group`. */
export interface MixtureEntry {
  readonly group: string;
  readonly edge: number;
  readonly op: number;
}
/** mixture[entry] · value; no value means the candidate yields zero (`none`). */
export interface MixTerm extends MixtureEntry {
  readonly value?: Value;
}

/** Windows are square with an odd side and padded with (side − 1)/2 · dilation zeros all round, at any stride. */
export type Layer = { readonly shape: Shape } & (
  | { readonly kind: "input" }
  | { readonly kind: "relu"; readonly x: Value }
  /** Dense convolution without bias; weight (out, in, kernel, kernel). */
  | {
      readonly kind: "conv";
      readonly x: Value;
      readonly weight: string;
      readonly kernel: number;
      readonly stride: 1 | 2;
    }
  /** One filter a channel; weight (channels, 1, kernel, kernel). */
  | {
      readonly kind: "depthwise";
      readonly x: Value;
      readonly weight: string;
      readonly kernel: number;
      readonly dilation: number;
      readonly stride: 1 | 2;
    }
  /** 3×3, padding not counted: maxima ignore it, averages divide by the pixels inside. */
  | {
      readonly kind: "pool";
      readonly x: Value;
      readonly reduce: "max" | "average";
      readonly stride: 1 | 2;
    }
  /**
   * Batch norm with the batch's own statistics (biased variance, ε = 1e-5), optionally scaled and shifted, by weights or,
   * scaled only, by the scores of an α group: channel c by mixture[gate][c][0].
   */
  | {
      readonly kind: "norm";
      readonly x: Value;
      readonly affine?: { readonly gamma: string; readonly beta: string };
      readonly gate?: string;
    }
  /** Every second pixel of both axes, from (shift, shift). */
  | { readonly kind: "halve"; readonly x: Value; readonly shift: 0 | 1 }
  /** A node of a cell: Σ mixture[entry] · value. */
  | { readonly kind: "mix"; readonly terms: readonly MixTerm[] }
  | { readonly kind: "sum"; readonly xs: readonly Value[] }
  /** Along channels. */
  | { readonly kind: "concat"; readonly xs: readonly Value[] }
  /** Mean over height and width: (channels, height, width) → (channels). */
  | { readonly kind: "average"; readonly x: Value }
  /** Weight (out, in), bias (out). */
  | {
      readonly kind: "linear";
      readonly x: Value;
      readonly weight: string;
      readonly bias: string;
    }
);

/** How a weight starts: constant, or uniform in ±bound (PyTorch's default for its fan-in). */
export type WeightInit =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "uniform"; readonly bound: number };

/** One weight's place in the network's flat vector; row-major, PyTorch's axis order. */
export interface WeightSlot {
  readonly name: string;
  readonly offset: number;
  readonly shape: Shape;
  readonly init: WeightInit;
}

export interface Network {
  readonly layers: readonly Layer[];
  /** The layer whose output is the logits (classes). */
  readonly output: Value;
  /** In order of offset, without gaps. */
  readonly weights: readonly WeightSlot[];
  /** Length of the flat weight vector. */
  readonly weightCount: number;
}

/** Number of entries of a shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

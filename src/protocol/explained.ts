/** @file What a step that explains itself tells: the examples that it drew, and what pulled α in it. */

/** A part of α's gradient. */
export interface Term {
  /** In the papers' symbols: "∇α L_val(w′, α)". */
  readonly label: string;
  /** What it is in a few plain words; says so where it is a reconstruction. */
  readonly text: string;
}
/** What a step drew, and what pulled α in it. */
export interface Explained {
  /**
   * For each of the α phase's `terms`, per group (edges, ops): by how much that part of the gradient moved α, as the
   * optimiser weighed it. What they do not add up to is the optimiser's memory, weight decay, regularisers and hands.
   */
  readonly terms: readonly Readonly<Record<string, Float32Array>>[];
  /** By the name that phases give it, per group (edges, ops): a mixture that ran where that is not the relaxed one. */
  readonly ran?: Readonly<Record<string, Readonly<Record<string, Float32Array>>>>;
  /** Of the half for w, and of the half for α; absent where a task has no examples. */
  readonly train?: Examples;
  readonly val?: Examples;
}
/** A batch for people to look at. */
export type Examples =
  | {
      readonly kind: "images";
      /** Height and width in pixels. */
      readonly size: number;
      /** (count, size, size, 3) bytes, red, green, blue; moved as the network sees them. */
      readonly pixels: Uint8Array;
      /** (count): each one's class. */
      readonly classes: readonly string[];
    }
  | { readonly kind: "texts"; readonly texts: readonly string[] };

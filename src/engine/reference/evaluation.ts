/** @file What a layer of the reference executor sees of the forward pass it belongs to. */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { Layer, MixtureEntry, Value } from "../network/network.ts";

/** A layer of one kind. */
export type LayerOf<K extends Layer["kind"]> = Extract<Layer, { readonly kind: K }>;

/** Of each channel, (1, 1, 1, channels). */
export interface Moments {
  readonly mean: Tensor4D;
  readonly variance: Tensor4D;
}

/** What a layer may ask for while it is computed. */
export interface Evaluation {
  /** The network's input, (batch, height, width, channels). */
  readonly input: Tensor4D;
  /** Another layer's output: an image is (batch, height, width, channels), features are (batch, features). */
  value(of: Value): Tensor;
  /** The same where it must be an image. */
  image(of: Value): Tensor4D;
  /** A weight in its slot's shape. */
  weight(name: string): Tensor;
  /** One entry of the mixture, (1, 1, 1, 1); undefined if the mixture switches this candidate off. */
  share(entry: MixtureEntry): Tensor4D | undefined;
  /** The scores of a group of channels, (1, 1, 1, channels). */
  scores(group: string): Tensor4D;
  /** Mean and variance for a norm to take in place of the batch's own. */
  given?(norm: LayerOf<"norm">): Moments;
  /** Is told what a norm has taken. */
  taken?(norm: LayerOf<"norm">, moments: Moments): void;
}

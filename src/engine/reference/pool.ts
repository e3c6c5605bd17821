/** @file 3×3 pooling that does not count its padding. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { averagePool } from "./average-pool.ts";
import type { Evaluation, LayerOf } from "./evaluation.ts";
import { maxPool } from "./max-pool.ts";

/** (batch, height, width, channels) → (batch, ⌈height/stride⌉, ⌈width/stride⌉, channels). */
export const pool = ({ x, reduce, stride }: LayerOf<"pool">, at: Evaluation): Tensor =>
  (reduce === "max" ? maxPool : averagePool)(at.image(x), stride);

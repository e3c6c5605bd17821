/** @file The classifier. */
import { add, matMul, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import type { Evaluation, LayerOf } from "./evaluation.ts";

/** (batch, in) → (batch, out); weight (out, in), bias (out). */
export const linear = ({ x, weight, bias }: LayerOf<"linear">, at: Evaluation): Tensor =>
  add(matMul(at.value(x) as Tensor2D, at.weight(weight) as Tensor2D, false, true), at.weight(bias));

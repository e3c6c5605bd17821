/** @file A node of a cell. */
import { mul, type Tensor, zeros } from "@tensorflow/tfjs-core";
import type { Evaluation, LayerOf } from "./evaluation.ts";
import { total } from "./sum.ts";

/** Σ mixture[entry] · value over the active candidates, (batch, height, width, channels); zeros if there are none. */
export function mix({ terms, shape }: LayerOf<"mix">, at: Evaluation): Tensor {
  const weighted = terms.flatMap(({ value, ...entry }) => {
    const share = value === undefined ? undefined : at.share(entry);
    return value === undefined || share === undefined ? [] : [mul(at.value(value), share)];
  });
  if (weighted.length > 0) return total(weighted);
  const [channels, height, width] = shape as readonly [number, number, number];
  return zeros([at.input.shape[0], height, width, channels]);
}

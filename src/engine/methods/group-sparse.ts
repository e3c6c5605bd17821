/**
 * @file The group variant of the sparsity penalty: a channel's score and the filters that make it are one group
 * (reconstructed; RARTS's abstract names no penalty): μ Σ_c ‖(α_c, filter_c)‖₂.
 *
 *   (α_c, filter_c) ← (α_c, filter_c) · max(1 − ημ / ‖(α_c, filter_c)‖, 0)
 */
import {
  add,
  concat,
  div,
  maximum,
  mul,
  ones,
  relu,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tile,
} from "@tensorflow/tfjs-core";
import type { Filters, Params } from "../core/params.ts";

/** The proximal step: every group's norm shrinks by `by`, to 0 if it was no larger. Weights in no group stay. */
export function shrinkPairs(
  { weights, alpha }: { readonly weights: Params; readonly alpha: Params },
  filters: Filters,
  by: number,
): { readonly weights: Params; readonly alpha: Params } {
  const flat = weights["weights"] as Tensor1D;
  const scores: Record<string, Tensor> = {};
  const parts: { readonly offset: number; readonly size: number; readonly factor: Tensor2D }[] = [];
  for (const [group, blocks] of Object.entries(filters)) {
    const score = alpha[group] as Tensor2D;
    const rows = score.shape[0];
    const squares = blocks.map(({ offset, size }) => {
      const block = reshape(slice(flat, offset, rows * size), [rows, size]);
      return sum(square(block), 1, true);
    });
    const norm = sqrt(squares.reduce((total, part) => add(total, part), square(score)));
    const factor = relu(sub(1, div(by, maximum(norm, 1e-12)))) as Tensor2D;
    scores[group] = mul(score, factor);
    for (const { offset, size } of blocks) parts.push({ offset, size, factor });
  }
  parts.sort((a, b) => a.offset - b.offset);
  let at = 0;
  const pieces = parts.flatMap(({ offset, size, factor }) => {
    const between = offset > at ? [ones([offset - at])] : [];
    at = offset + factor.shape[0] * size;
    return [...between, reshape(tile(factor, [1, size]), [-1])];
  });
  if (at < flat.size) pieces.push(ones([flat.size - at]));
  return {
    weights: { ...weights, weights: mul(flat, concat(pieces)) },
    alpha: { ...alpha, ...scores },
  };
}

/** @file Sums of tensors that are right on every backend. */
import { add, type Tensor } from "@tensorflow/tfjs-core";

/** The sum of one or more tensors, as a tree: tfjs's addN of more than 8 is silently wrong on webgpu (4.22). */
export function total(xs: readonly Tensor[]): Tensor {
  const [first] = xs;
  if (!first) throw new Error("a sum of nothing has no shape");
  if (xs.length === 1) return first;
  const half = Math.ceil(xs.length / 2);
  return add(total(xs.slice(0, half)), total(xs.slice(half)));
}

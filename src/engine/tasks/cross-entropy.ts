/** @file The loss of every classification task. */
import {
  cast,
  logSoftmax,
  mean,
  mul,
  neg,
  oneHot,
  type Scalar,
  sum,
  type Tensor,
  type Tensor1D,
} from "@tensorflow/tfjs-core";

/**
 * Mean over all labels of −log softmax(logits)[label]: logits (batch, classes), labels (batch) int32 → scalar; or with a
 * time axis in both, (batch, length, classes) and (batch, length).
 * Stable for large logits, because `logSoftmax` subtracts each row's maximum first.
 */
export function crossEntropy(logits: Tensor, labels: Tensor): Scalar {
  const classes = logits.shape.at(-1) as number;
  // One-hot as integers first: asked for float32 at once, tfjs's wasm backend fills in an integer's bits.
  const target = cast(oneHot(labels as Tensor1D, classes), "float32");
  return neg(mean(sum(mul(target, logSoftmax(logits)), -1))) as Scalar;
}

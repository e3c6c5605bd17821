/**
 * @file Sums of scaled tensors: all that momentum, clipping, w ± εv and y − w are made of. On the cpu backend, where a
 * tensor is an array at hand, each is one loop: tfjs's own kernels there cost more than the network's gradients do.
 * None of these is differentiable.
 */
import {
  add,
  getBackend,
  mul,
  type Scalar,
  scalar,
  square,
  sum,
  type Tensor,
  tensor,
} from "@tensorflow/tfjs-core";

const isHost = (): boolean => getBackend() === "cpu";
const valuesOf = (x: Tensor): Float32Array => x.dataSync<"float32">();
const numberOf = (c: number | Scalar): number =>
  typeof c === "number" ? c : (valuesOf(c)[0] as number);

/** x + c·y; both of one shape. */
export function addScaled(x: Tensor, c: number | Scalar, y: Tensor): Tensor {
  if (!isHost()) return add(x, mul(y, c));
  const [a, b, factor] = [valuesOf(x), valuesOf(y), numberOf(c)];
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (a[i] as number) + factor * (b[i] as number);
  return tensor(out, x.shape);
}

/** c·x. */
export function scaled(c: number | Scalar, x: Tensor): Tensor {
  if (!isHost()) return mul(x, c);
  const [a, factor] = [valuesOf(x), numberOf(c)];
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = factor * (a[i] as number);
  return tensor(out, x.shape);
}

/** Σ x², a scalar. */
export function sumSquares(x: Tensor): Scalar {
  if (!isHost()) return sum(square(x));
  let total = 0;
  for (const value of valuesOf(x)) total += value * value;
  return scalar(total);
}

/** @file Batch statistics taken off a tensor, with a gradient that small batches do not drown in rounding. */
import {
  add,
  customGrad,
  div,
  type GradSaveFunc,
  maximum,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  type Tensor,
} from "@tensorflow/tfjs-core";

/**
 * (x − mean) / √(variance + ε) over these axes, biased variance. For the gradient g the tape would give
 * (g − ḡ − y·mean(g·y)) / σ, whose terms cancel to a factor ε/σ² if two numbers are all there are. So what points along
 * x − mean is split off, twice, as Gram–Schmidt needs to be done to be right to the last digits, and gets that factor:
 * (rest + ε/σ² · along) / σ.
 */
export function standardise(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const over = (t: Tensor): Tensor => mean(t, [...axes], true);
  const normalise = customGrad((...inputs) => {
    const save = inputs.pop() as GradSaveFunc;
    const [given] = inputs as [Tensor];
    const centred = sub(given, over(given));
    const variance = over(square(centred));
    const inverse = rsqrt(add(variance, epsilon));
    save([centred, variance, inverse]);
    return { value: mul(centred, inverse), gradFunc: back };
  });
  const back = (dy: Tensor, saved: Tensor[]): Tensor => {
    const [centred, variance, inverse] = saved as [Tensor, Tensor, Tensor];
    const along = (g: Tensor): Tensor =>
      mul(centred, div(over(mul(g, centred)), maximum(variance, 1e-30)));
    const apart = (g: Tensor): Tensor => sub(g, over(g));
    const grad = apart(dy);
    const first = along(grad);
    const rest = apart(sub(grad, first));
    const second = along(rest);
    const shrunk = mul(add(first, second), mul(square(inverse), epsilon));
    return mul(inverse, add(sub(rest, second), shrunk));
  };
  return normalise(x);
}

/** @file A gradient from the tape against central differences. */
import { engine, mul, sum, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { Rng } from "../../src/engine/core/rng.ts";

export interface GradCheck {
  /** The point, row-major. */
  readonly at: Float32Array;
  readonly shape: readonly number[];
  readonly rng: Rng;
  /** How many coordinates to try, drawn from `rng`. */
  readonly coordinates: number;
  /** Half the distance of the two points of a difference: small, so that few kinks lie between them. */
  readonly step?: number;
}
export interface GradError {
  /** Largest |difference quotient − gradient| over the coordinates, over the gradient's root mean square. */
  readonly relative: number;
  /** Root mean square of the gradient over all coordinates; 0 would make any check idle. */
  readonly size: number;
}

/**
 * Compares d(Σ c·f(x))/dx for fixed random c. The sum is taken in double precision for the difference quotients, so
 * that only f's own rounding remains.
 */
export function gradientError(
  f: (x: Tensor) => Tensor,
  { at, shape, rng, coordinates, step = 5e-4 }: GradCheck,
): GradError {
  const evaluate = (point: Float32Array): Float32Array =>
    tidy(() => Float32Array.from(f(tensor(point, [...shape])).dataSync()));
  const c = rng.fork("c").normal(evaluate(at).length);
  const total = (point: Float32Array): number =>
    evaluate(point).reduce((t, y, i) => t + y * (c[i] as number), 0);
  const gradient = tidy(() => {
    const x = tensor(at, [...shape]);
    const loss = (): Tensor => {
      const y = f(x);
      return sum(mul(y, tensor(c, y.shape)));
    };
    const { grads } = engine().gradients(loss as never, [x], undefined, true);
    return Float32Array.from(grads[0]?.dataSync() ?? new Float32Array(at.length));
  });
  const size = Math.sqrt(gradient.reduce((t, g) => t + g * g, 0) / gradient.length);
  const errors = Array.from({ length: coordinates }, (_, n) => {
    const i = rng.fork("coordinate").fork(n).below(at.length);
    const shifted = (by: number): Float32Array => at.map((v, j) => (j === i ? v + by : v));
    const [above, below] = [shifted(step), shifted(-step)];
    const distance = (above[i] as number) - (below[i] as number); // as float32 has it
    const quotient = (total(above) - total(below)) / distance;
    return Math.abs(quotient - (gradient[i] as number)) / size;
  });
  return { relative: Math.max(...errors), size };
}

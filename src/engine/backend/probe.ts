/** @file A small gradient whose value is known: a backend that gets it wrong is refused. */
import { conv2d, grad, square, sum, type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";

const side = 4;
const window = 3;
const image = Float32Array.from({ length: side * side }, (_, i) => Math.sin(i + 1));
const filter = Float32Array.from({ length: window * window }, (_, i) => Math.cos(3 * i));

/** Σ (image ∗ filter)² differentiated by the filter, (3 × 3), in plain loops. */
function expected(): number[] {
  const gradient = new Array<number>(window * window).fill(0);
  const places = side - window + 1;
  for (let row = 0; row < places; row++)
    for (let column = 0; column < places; column++) {
      const under = gradient.map((_, tap) => {
        const [i, j] = [Math.floor(tap / window), tap % window];
        return image[(row + i) * side + column + j] as number;
      });
      const y = under.reduce((total, x, tap) => total + x * (filter[tap] as number), 0);
      under.forEach((x, tap) => {
        gradient[tap] = (gradient[tap] as number) + 2 * y * x;
      });
    }
  return gradient;
}

/** What is wrong with the active backend's arithmetic, or undefined. */
export async function faultOf(): Promise<string | undefined> {
  const x = tensor4d(image, [1, side, side, 1]);
  const w = tensor4d(filter, [window, window, 1, 1]);
  const g = grad((w) => sum(square(conv2d(x, w as Tensor4D, 1, "valid"))))(w);
  const found = await g.data();
  for (const t of [x, w, g]) t.dispose();
  const at = expected().findIndex((want, i) => !(Math.abs((found[i] as number) - want) < 1e-2));
  return at < 0
    ? undefined
    : `wrong numbers: a known gradient came out as ${found[at]} instead of ${expected()[at]}`;
}

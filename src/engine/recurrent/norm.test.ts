/** @file Gradients of batch norm where nearly all of them cancels: two rows far apart. */
import { mul, sum, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../backend/index.ts";
import { valueAndGrad } from "../core/params.ts";
import { createRng } from "../core/rng.ts";
import { standardise } from "../reference/standardise.ts";
import { normalise, normaliseBack } from "./norm.ts";

const epsilon = 1e-5;
beforeAll(async () => {
  await selectBackend("cpu");
});

type Back = (x: Float32Array, g: Float32Array, rows: number, width: number) => Float32Array;
const byLoops: Back = (x, g, rows, width) => {
  const [y, grad, inverse] = [x.slice(), g.slice(), new Float32Array(width)];
  normalise(y, inverse, rows);
  normaliseBack(grad, y, inverse, rows);
  return grad;
};
const byTape: Back = (x, g, rows, width) =>
  tidy(() => {
    const weights = tensor2d(g, [rows, width]);
    const loss = ({ x }: { x: Tensor }) => sum(mul(standardise(x, [0], epsilon), weights));
    const { grads } = valueAndGrad(loss as never, { x: tensor2d(x, [rows, width]) });
    return Float32Array.from((grads[0] as { x: Tensor }).x.dataSync());
  });

/** Of one column, in double precision. */
function exact(x: readonly number[], g: readonly number[]): readonly number[] {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const centred = x.map((value) => value - mean(x));
  const square = mean(centred.map((c) => c * c));
  const product = mean(g.map((value, i) => value * (centred[i] as number)));
  const inverse = 1 / Math.sqrt(square + epsilon);
  return g.map(
    (value, i) => inverse * (value - mean(g) - inverse ** 2 * (centred[i] as number) * product),
  );
}

it.each([
  ["loops", byLoops],
  ["the reference", byTape],
])("%s lose none of a small gradient to rounding", (_, back) => {
  for (const rows of [2, 3, 7])
    for (const spread of [0.01, 1, 30]) {
      const width = 5;
      const rng = createRng(rows);
      const x = Float32Array.from(rng.fork("x").normal(rows * width), (v) => spread * v);
      const g = Float32Array.from(rng.fork("g").normal(rows * width));
      const found = back(x, g, rows, width);
      for (let k = 0; k < width; k++) {
        const column = (of: Float32Array) =>
          Array.from({ length: rows }, (_, r) => of[r * width + k] as number);
        const wanted = exact(column(x), column(g));
        const size = Math.max(...wanted.map(Math.abs));
        const off = column(found).map((value, r) => Math.abs(value - (wanted[r] as number)));
        expect(Math.max(...off) / size, `${rows} rows, spread ${spread}`).toBeLessThan(1e-4);
      }
    }
});
it("keeps rows that are all alike, whose deviation is 0", () => {
  const g = Float32Array.of(1, 2, 3);
  for (const back of [byLoops, byTape]) {
    const found = back(Float32Array.of(4, 4, 4), g, 3, 1);
    exact([4, 4, 4], [...g]).forEach((want, i) => {
      expect(found[i]).toBeCloseTo(want, 3);
    });
  }
});

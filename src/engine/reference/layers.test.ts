/** @file Layers of the reference against plain loops, for odd and even sides, dilations and strides. */
import {
  engine,
  sum,
  type Tensor,
  type Tensor4D,
  tensor1d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { gradientError } from "../../../test/support/gradcheck.ts";
import { distance } from "../../../test/support/matrices.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { NetworkBuilder } from "../network/builder.ts";
import type { Network, Value } from "../network/network.ts";
import { forward } from "./forward.ts";
import { maxPool } from "./max-pool.ts";

const [batch, channels] = [2, 3];
const rng = createRng(11);
/** (height, width) of the images tried; 28×28 digits halve to 7×7. */
const sides = [
  [6, 8],
  [7, 5],
] as const;
type Side = (typeof sides)[number];
const strides = [1, 2] as const;
const cases = sides.flatMap((side) => strides.map((stride) => ({ side, stride })));

const imageOf = ([height, width]: Side): Float32Array =>
  rng.fork("image").normal(batch * height * width * channels);
const at = (x: Float32Array, [h, w]: Side, b: number, i: number, j: number, c: number): number =>
  x[((b * h + i) * w + j) * channels + c] as number;

function networkOf([height, width]: Side, write: (b: NetworkBuilder, x: Value) => Value): Network {
  const builder = new NetworkBuilder();
  return builder.finish(write(builder, builder.input([channels, height, width])));
}
function run(network: Network, side: Side, weights: Float32Array): Float32Array {
  return tidy(() => {
    const x = tensor4d(imageOf(side), [batch, ...side, channels]);
    return Float32Array.from(forward(network, tensor1d(weights), { weights: {} }, x).dataSync());
  });
}
/** Calls `value` for every output pixel and channel, in the reference's order. */
function everywhere(
  [height, width]: Side,
  stride: number,
  out: number,
  value: (b: number, row: number, column: number, c: number) => number,
): number[] {
  const result: number[] = [];
  for (let b = 0; b < batch; b++)
    for (let row = 0; row < height; row += stride)
      for (let column = 0; column < width; column += stride)
        for (let c = 0; c < out; c++) result.push(value(b, row, column, c));
  return result;
}
/** The places of a window around (row, column) that are inside the image, with their tap. */
function inside(
  [height, width]: Side,
  row: number,
  column: number,
  kernel: number,
  dilation: number,
): { readonly i: number; readonly j: number; readonly tap: number }[] {
  const half = (kernel - 1) / 2;
  return Array.from({ length: kernel * kernel }, (_, tap) => ({
    i: row + (Math.floor(tap / kernel) - half) * dilation,
    j: column + ((tap % kernel) - half) * dilation,
    tap,
  })).filter(({ i, j }) => i >= 0 && i < height && j >= 0 && j < width);
}

beforeAll(async () => {
  await selectBackend("cpu");
});

describe.each(cases)("images of $side at stride $stride", ({ side, stride }) => {
  const x = imageOf(side);
  it.each([3, 5].flatMap((kernel) => [1, 2].map((dilation) => [kernel, dilation] as const)))(
    "depthwise %d×, dilation %d",
    (kernel, dilation) => {
      const network = networkOf(side, (b, x) => b.depthwise(x, "w", kernel, dilation, stride));
      const w = rng.fork("w").normal(network.weightCount);
      const want = everywhere(side, stride, channels, (b, row, column, c) =>
        inside(side, row, column, kernel, dilation).reduce(
          (sum, { i, j, tap }) =>
            sum + at(x, side, b, i, j, c) * (w[c * kernel * kernel + tap] as number),
          0,
        ),
      );
      expect(distance(run(network, side, w), want)).toBeLessThan(1e-6);
    },
  );
  it.each([1, 3])("dense convolution %d×", (kernel) => {
    const out = 4;
    const network = networkOf(side, (b, x) => b.conv(x, "w", out, kernel, stride));
    const w = rng.fork("w").normal(network.weightCount);
    const want = everywhere(side, stride, out, (b, row, column, o) =>
      inside(side, row, column, kernel, 1).reduce((sum, { i, j, tap }) => {
        const each = Array.from({ length: channels }, (_, c) => {
          const weight = w[(o * channels + c) * kernel * kernel + tap] as number;
          return at(x, side, b, i, j, c) * weight;
        });
        return sum + each.reduce((a, b) => a + b);
      }, 0),
    );
    expect(distance(run(network, side, w), want)).toBeLessThan(1e-6);
  });
  it.each(["max", "average"] as const)("%s pool", (reduce) => {
    const network = networkOf(side, (b, x) => b.pool(x, reduce, stride));
    const want = everywhere(side, stride, channels, (b, row, column, c) => {
      const values = inside(side, row, column, 3, 1).map(({ i, j }) => at(x, side, b, i, j, c));
      if (reduce === "max") return Math.max(...values);
      return values.reduce((a, b) => a + b) / values.length;
    });
    expect(distance(run(network, side, new Float32Array()), want)).toBeLessThan(1e-6);
  });
});

describe("gradients on odd sides", () => {
  const side = [7, 5] as const;
  it.each(
    strides.flatMap((stride) =>
      ["max", "average", "dilated"].map((kind) => [kind, stride] as const),
    ),
  )("%s at stride %d", (kind, stride) => {
    const network = networkOf(side, (b, x) =>
      kind === "dilated"
        ? b.depthwise(x, "w", 3, 2, stride)
        : b.pool(x, kind as "max" | "average", stride),
    );
    const weights = tensor1d(rng.fork("w").normal(network.weightCount));
    const f = (x: Tensor): Tensor => forward(network, weights, { weights: {} }, x as Tensor4D);
    const shape = [batch, ...side, channels];
    const { relative } = gradientError(f, { at: imageOf(side), shape, rng, coordinates: 8 });
    expect(relative).toBeLessThan(1e-2);
  });
});

describe("max pool on ties", () => {
  it.each(strides)("gives the whole gradient to the first maximum at stride %d", (stride) => {
    const ones = new Float32Array(16).fill(1);
    const f = (x: Tensor): Tensor => maxPool(x as Tensor4D, stride);
    const gradient = tidy(() => {
      const x = tensor4d(ones, [1, 4, 4, 1]);
      const { grads } = engine().gradients((() => sum(f(x))) as never, [x]);
      return Array.from((grads[0] as Tensor).dataSync());
    });
    // Each window's first pixel: itself less one row and column, where there is one.
    const want = new Array<number>(16).fill(0);
    for (let row = 0; row < 4; row += stride)
      for (let column = 0; column < 4; column += stride) {
        const first = Math.max(0, row - 1) * 4 + Math.max(0, column - 1);
        want[first] = (want[first] as number) + 1;
      }
    expect(gradient).toEqual(want);
  });
});

describe("norm", () => {
  it("gives every channel mean 0 and variance 1, then scale and shift", () => {
    const side = [6, 8] as const;
    const network = networkOf(side, (b, x) => b.affineNorm(x, "gamma", "beta"));
    const [gamma, beta] = [
      [1, 2, 3],
      [-1, 0, 5],
    ];
    const y = run(network, side, Float32Array.from([...gamma, ...beta]));
    for (let c = 0; c < channels; c++) {
      const own = y.filter((_, i) => i % channels === c);
      const mean = own.reduce((a, b) => a + b) / own.length;
      const variance = own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length;
      expect(mean).toBeCloseTo(beta[c] as number, 4);
      expect(Math.sqrt(variance)).toBeCloseTo(gamma[c] as number, 3);
    }
  });
});

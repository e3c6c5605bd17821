/** @file Every candidate operation: its layers, and its gradient against central differences. */
import {
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { gradientError } from "../../../test/support/gradcheck.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { NetworkBuilder } from "../network/builder.ts";
import { initialWeights } from "../network/init.ts";
import type { Network } from "../network/network.ts";
import { forward } from "../reference/forward.ts";
import { opsNamed } from "./index.ts";

const [channels, side, batch] = [2, 8, 2];
const names = [
  "none",
  "max_pool_3x3",
  "avg_pool_3x3",
  "skip_connect",
  "sep_conv_3x3",
  "sep_conv_5x5",
  "dil_conv_3x3",
  "dil_conv_5x5",
  "nor_conv_1x1",
  "nor_conv_3x3",
];
const strides = [1, 2] as const;
const images = [batch, side, side, channels] as [number, number, number, number];
const noMixture = { weights: {} };

/** One candidate as a network of its own. */
function alone(id: string, stride: 1 | 2): Network | undefined {
  const builder = new NetworkBuilder();
  const x = builder.input([channels, side, side]);
  const value = opsNamed([id])[0]?.write(builder, x, { channels, stride, name: "op" });
  return value === undefined ? undefined : builder.finish(value);
}
const weightNames = (id: string, stride: 1 | 2): (string | undefined)[] | undefined =>
  alone(id, stride)?.weights.map(({ name }) => name.replace("op.", ""));

beforeAll(async () => {
  await selectBackend("cpu");
});

describe("the registry", () => {
  it("gives ops in the order asked for", () => {
    expect(opsNamed(["skip_connect", "none"]).map(({ id }) => id)).toEqual([
      "skip_connect",
      "none",
    ]);
  });
  it("names what there is when asked for something else", () => {
    expect(() => opsNamed(["conv_7x7"])).toThrow(/no op "conv_7x7"; there are none, max_pool_3x3/);
  });
});

describe("layers", () => {
  it.each(strides)("none writes nothing at stride %d", (stride) => {
    expect(alone("none", stride)).toBeUndefined();
  });
  it.each(names.slice(1).flatMap((id) => strides.map((stride) => [id, stride] as const)))(
    "%s at stride %d keeps the channels and divides the sides",
    (id, stride) => {
      const network = alone(id, stride);
      expect(network?.layers[network.output]?.shape).toEqual([
        channels,
        side / stride,
        side / stride,
      ]);
    },
  );
  it("skip is the input itself at stride 1", () => {
    expect(alone("skip_connect", 1)).toMatchObject({ output: 0, weightCount: 0 });
  });
  it("names weights as the paper's code nests them", () => {
    const separable = ["0.dw", "0.pw", "1.dw", "1.pw"];
    expect(weightNames("sep_conv_3x3", 2)).toEqual(separable);
    expect(weightNames("dil_conv_5x5", 1)).toEqual(["dw", "pw"]);
    expect(weightNames("skip_connect", 2)).toEqual(["conv_a", "conv_b"]);
    expect(weightNames("nor_conv_3x3", 1)).toEqual(["w"]);
    expect(weightNames("max_pool_3x3", 2)).toEqual([]);
  });
});

describe.each(names.slice(1).flatMap((id) => strides.map((stride) => [id, stride] as const)))(
  "the gradient of %s at stride %d",
  (id, stride) => {
    const network = alone(id, stride) as Network;
    const rng = createRng(3).fork(id).fork(stride);
    const weights = initialWeights(network, rng.fork("weights"));
    const x = rng.fork("x").normal(batch * side * side * channels);

    it("is that of its differences, by the input", () => {
      const f = (x: Tensor): Tensor =>
        forward(network, tensor1d(weights), noMixture, x as Tensor4D);
      const check = { at: x, shape: images, rng: rng.fork("by x"), coordinates: 8 };
      const { relative, size } = gradientError(f, check);
      expect(size).toBeGreaterThan(0.1);
      expect(relative).toBeLessThan(1e-2);
    });
    if (network.weightCount === 0) return;
    it("is that of its differences, by the weights", () => {
      const f = (w: Tensor): Tensor =>
        forward(network, w as Tensor1D, noMixture, tensor4d(x, images));
      const shape = [network.weightCount];
      const check = { at: weights, shape, rng: rng.fork("by w"), coordinates: 8 };
      const { relative, size } = gradientError(f, check);
      expect(size).toBeGreaterThan(0.1);
      expect(relative).toBeLessThan(1e-2);
    });
  },
);

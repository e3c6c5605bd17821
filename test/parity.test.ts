/** @file The convolutional supernet against PyTorch: logits, losses and gradients of one search step. */
import { type Tensor, tensor1d, tensor2d, tensor4d, tidy, transpose } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { type Params, valueAndGrad } from "../src/engine/core/params.ts";
import { dartsConv } from "../src/engine/spaces/darts-conv.ts";
import { crossEntropy } from "../src/engine/tasks/cross-entropy.ts";
import {
  type ConvFixture,
  distance,
  type Figures,
  flatten,
  numbers,
  readConvFixture,
} from "./support/parity.ts";

const fixture = readConvFixture();
const { config, expect: expected } = fixture;
const supernet = dartsConv.supernet(
  { kind: "image", input: [config.size, config.size, 3], classes: config.classes },
  { cells: config.cells, channels: config.C, nodes: config.nodes },
);
const { network } = supernet;
if (!network) throw new Error("darts-conv must give its network as data");
/** Single precision against double, over some hundred layers. */
const tolerance = 1e-5;

const upload = (named: Readonly<Record<string, Figures>>): Params =>
  Object.fromEntries(
    Object.entries(named).map(([name, figures]) => [
      name,
      tensor2d(numbers(figures), figures.shape as [number, number]),
    ]),
  );
/** From PyTorch's (batch, channels, height, width) to (batch, height, width, channels). */
const toImages = (figures: Figures): Tensor =>
  transpose(
    tensor4d(numbers(figures), figures.shape as [number, number, number, number]),
    [0, 2, 3, 1],
  );
const read = (tensor: Tensor | undefined): Float32Array => {
  if (!tensor) throw new Error("the loss does not reach this tensor");
  return Float32Array.from(tensor.dataSync());
};

interface Result {
  logits: Float32Array;
  loss: number;
  weights: Float32Array;
  alpha: Readonly<Record<string, Float32Array>>;
}
/** Forward and backward on one half's batch. */
function run({ images, labels }: ConvFixture["train"]): Result {
  let result: Result | undefined;
  tidy(() => {
    const weights: Params = { weights: tensor1d(flatten(network as never, fixture.weights)) };
    const x = toImages(images);
    let logits: Float32Array | undefined;
    const { value, grads } = valueAndGrad(
      (w: Params, a: Params) => {
        const y = supernet.forward(w, supernet.relax(a), x);
        logits = read(y);
        return crossEntropy(y, tensor1d([...labels], "int32"));
      },
      weights,
      upload(fixture.alpha),
    );
    result = {
      logits: logits as Float32Array,
      loss: read(value)[0] as number,
      weights: read(grads[0]["weights"]),
      alpha: { normal: read(grads[1]["normal"]), reduce: read(grads[1]["reduce"]) },
    };
  });
  return result as Result;
}

describe("darts-conv against PyTorch in double precision", () => {
  let train: Result;
  let valid: Result;
  beforeAll(async () => {
    await selectBackend("cpu");
    train = run(fixture.train);
    valid = run(fixture.valid);
  });

  it("has the same weights and candidates", () => {
    const names = network.weights.map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(fixture.weights).sort());
    const sizes = Object.values(fixture.weights).map((figures) => numbers(figures).length);
    expect(network.weightCount).toBe(sizes.reduce((a, b) => a + b));
    expect(supernet.groups.map(({ ops }) => ops)).toEqual([fixture.operations, fixture.operations]);
  });
  it("has the same logits", () => {
    expect(distance(train.logits, numbers(expected.logits))).toBeLessThan(tolerance);
  });
  it("has the same losses", () => {
    expect(Math.abs(train.loss / expected.train_loss - 1)).toBeLessThan(tolerance);
    expect(Math.abs(valid.loss / expected.valid_loss - 1)).toBeLessThan(tolerance);
  });
  it("has the same gradient by every weight", () => {
    const errors = network.weights.map(({ name, offset }) => {
      const want = numbers(expected.grad_weights[name] as Figures);
      const error = distance(train.weights.subarray(offset, offset + want.length), want);
      return { name, error };
    });
    expect(errors).toHaveLength(Object.keys(expected.grad_weights).length);
    expect(errors.filter(({ error }) => !(error < tolerance))).toEqual([]);
  });
  it.each(["normal", "reduce"])("has the same gradients by the alpha of %s cells", (group) => {
    const compare = (ours: Result, figures: Readonly<Record<string, Figures>>): number =>
      distance(ours.alpha[group] as Float32Array, numbers(figures[group] as Figures));
    expect(compare(train, expected.grad_alpha_train)).toBeLessThan(tolerance);
    // DARTS's first order: the validation loss at the current weights.
    expect(compare(valid, expected.darts_first_order)).toBeLessThan(tolerance);
  });
});

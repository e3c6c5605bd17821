/** @file The compiled loss as a tfjs operation, against the binding that it wraps. */
import {
  grad,
  memory,
  mul,
  type Scalar,
  softmax,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor4d,
  tidy,
  train,
  variable,
} from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { noise } from "../../../test/support/compiled.ts";
import { distance } from "../../../test/support/matrices.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { lossOperation } from "../index.ts";
import { pullBack } from "../methods/gradients.ts";
import type { Batch, Task } from "../problem.ts";
import { dartsConv } from "../spaces/darts-conv.ts";
import { crossEntropy } from "../tasks/cross-entropy.ts";
import { bindWasmWith } from "./wasm.ts";

beforeAll(async () => {
  await selectBackend("wasm");
});
const size = 8;
const count = 4;
async function subject() {
  const signature = { kind: "image", input: [size, size, 3], classes: 5 } as const;
  const net = dartsConv.supernet(signature, { cells: 1, channels: 2, nodes: 1 });
  const batch: Batch = {
    split: "train",
    x: tensor4d(noise(3, count * size * size * 3), [count, size, size, 3]),
    y: tensor1d([0, 1, 2, 3], "int32"),
  };
  const task: Task = {
    sample: () => batch,
    loss: (logits, { y }) => crossEntropy(logits, y),
    isClassifier: true,
    dispose: () => {},
  };
  const problem = await bindWasmWith({ threads: 1, relaxed: false })(net, task, count);
  return { problem, loss: lossOperation(problem), batch };
}
const values = (x: Tensor | undefined) => (x as Tensor).dataSync<"float32">();

it("has the binding's gradients, through tfjs's tape and its softmax", async () => {
  const { problem, loss, batch } = await subject();
  const before = memory().numTensors;
  tidy(() => {
    const weights = problem.initWeights(createRng(1));
    const alpha = problem.initAlpha(createRng(2));
    const mixture = problem.relax(alpha);
    const want = problem.lossAndGrad(weights, mixture, batch, "both");

    const byWeights = grad((w) => mul(loss({ weights: w }, mixture.weights, batch), 2));
    const doubled = values(want.weights["weights"]).map((g) => 2 * g);
    expect(values(byWeights(weights["weights"] as Tensor))).toEqual(doubled);

    const byAlpha = grad((a) =>
      loss(weights, { ...mixture.weights, reduce: softmax(a as Tensor2D) }, batch),
    );
    const wanted = pullBack(problem, alpha, want.mixture)["reduce"];
    const found = values(byAlpha(alpha["reduce"] as Tensor));
    expect(distance(found, values(wanted))).toBeLessThan(1e-5);
    expect(values(wanted).some((g) => g !== 0)).toBe(true);
  });
  expect(memory().numTensors).toBe(before);
  problem.dispose();
});

it("trains with an optimiser of tfjs", async () => {
  const { problem, loss, batch } = await subject();
  const weights = variable(problem.initWeights(createRng(1))["weights"] as Tensor);
  const { weights: mixture } = problem.relax(problem.initAlpha(createRng(2)));
  const optimizer = train.momentum(0.05, 0.9);
  const losses = Array.from({ length: 30 }, () => {
    const value = optimizer.minimize(() => loss({ weights }, mixture, batch), true) as Scalar;
    return value.dataSync()[0] as number;
  });
  expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] as number));
  problem.dispose();
});

/** @file The optimisers against numbers worked out by hand. */
import { memory, type Tensor, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AdamSpec, SgdSpec } from "../../protocol/spec.ts";
import { selectBackend } from "../backend/index.ts";
import { createOptimizer } from "./optim.ts";

let before = 0;
beforeAll(async () => {
  await selectBackend("cpu");
  before = memory().numTensors;
});
afterEach(() => expect(memory().numTensors).toBe(before));

const plain: SgdSpec = { kind: "sgd", lr: 0.1, lrFloor: 0.1, momentum: 0, decay: 0, clip: 0 };
const adam: AdamSpec = { kind: "adam", lr: 0.1, beta1: 0.5, beta2: 0.75, decay: 0 };
const read = (x: Tensor | undefined) => [...(x as Tensor).dataSync()];
const inTidy = (body: () => void) => {
  tidy(body);
};
/** Compares to five decimals. */
function expectNumbers(found: Tensor | undefined, wanted: readonly number[]): void {
  const numbers = read(found);
  expect(numbers).toHaveLength(wanted.length);
  for (const [i, x] of wanted.entries()) expect(numbers[i]).toBeCloseTo(x, 5);
}

describe("SGD", () => {
  it("gathers momentum: v = μv + g + λw, w − lr·v", () =>
    inTidy(() => {
      const sgd = createOptimizer({ ...plain, momentum: 0.5, decay: 0.1 }, 0);
      const w = { w: tensor1d([2, -1]) };
      const first = sgd.update(w, { w: tensor1d([1, 3]) }, sgd.init(w));
      expectNumbers(first.state["velocity"]?.["w"], [1.2, 2.9]);
      expectNumbers(first.params["w"], [1.88, -1.29]);
      const second = sgd.update(first.params, { w: tensor1d([1, 0]) }, first.state);
      // 0.5·1.2 + 1 + 0.188, 0.5·2.9 − 0.129
      expectNumbers(second.state["velocity"]?.["w"], [1.788, 1.321]);
      expectNumbers(second.params["w"], [1.7012, -1.4221]);
    }));
  it("clips by the norm over all leaves, before decay and spring", () =>
    inTidy(() => {
      const sgd = createOptimizer({ ...plain, clip: 1, decay: 0.5 }, 0);
      const w = { a: tensor1d([2]), b: tensor1d([0]) };
      const grads = { a: tensor1d([3]), b: tensor1d([-4]) }; // norm 5 → 0.6, −0.8
      const pull = { strength: 10, towards: { a: tensor1d([1]), b: tensor1d([2]) } };
      const { params } = sgd.update(w, grads, sgd.init(w), { pull });
      expectNumbers(params["a"], [2 - 0.1 * (0.6 + 1 + 10)]);
      expectNumbers(params["b"], [0 - 0.1 * (-0.8 + 0 - 20)]);
    }));
  it("leaves a gradient alone that is shorter than the limit", () =>
    inTidy(() => {
      const sgd = createOptimizer({ ...plain, clip: 6 }, 0);
      const w = { a: tensor1d([0]), b: tensor1d([0]) };
      const { params } = sgd.update(w, { a: tensor1d([3]), b: tensor1d([-4]) }, sgd.init(w));
      expectNumbers(params["a"], [-0.3]);
      expectNumbers(params["b"], [0.4]);
    }));
  it("anneals its rate by half a cosine to its floor, and stays there", () => {
    const at = (progress: number) =>
      createOptimizer({ ...plain, lr: 1, lrFloor: 0.2 }, progress).lr;
    expect([0, 1 / 3, 0.5, 1].map(at).map((x) => x.toFixed(6))).toEqual(
      [1, 0.8, 0.6, 0.2].map((x) => x.toFixed(6)),
    );
    expect(at(1.5)).toBeCloseTo(0.2, 12);
  });
  it("leaves rows and leaves without a gradient as they are", () =>
    inTidy(() => {
      const sgd = createOptimizer({ ...plain, momentum: 0.9, decay: 1 }, 0);
      const w = { a: tensor2d([[1], [2]]), b: tensor1d([5]) };
      const rows = { a: tensor2d([[0], [1]], undefined, "bool") };
      const next = sgd.update(w, { a: tensor2d([[1], [1]]) }, sgd.init(w), { rows });
      expectNumbers(next.params["a"], [1, 2 - 0.1 * 3]);
      expectNumbers(next.state["velocity"]?.["a"], [0, 3]);
      expectNumbers(next.params["b"], [5]);
      expectNumbers(next.state["velocity"]?.["b"], [0]);
    }));
  it("unrolls with its momentum and decay, unclipped, and changes nothing", () =>
    inTidy(() => {
      const sgd = createOptimizer({ ...plain, momentum: 0.5, decay: 0.1, clip: 1e-3 }, 0);
      const w = { w: tensor1d([2]) };
      const state = { velocity: { w: tensor1d([4]) } };
      // 2 − 0.3·(0.5·4 + 3 + 0.1·2)
      expectNumbers(sgd.unroll(w, { w: tensor1d([3]) }, state, 0.3)["w"], [0.44]);
      expectNumbers(w.w, [2]);
      expectNumbers(state.velocity.w, [4]);
    }));
});

describe("Adam", () => {
  it("divides unbiased moments, and forgets by its betas", () =>
    inTidy(() => {
      const optimizer = createOptimizer(adam, 0);
      const a = { a: tensor1d([1]) };
      const first = optimizer.update(a, { a: tensor1d([4]) }, optimizer.init(a));
      // m = 2, v = 4, both unbiased: 4 and 16
      expectNumbers(first.params["a"], [1 - 0.1 * (4 / 4)]);
      const second = optimizer.update(first.params, { a: tensor1d([-2]) }, first.state);
      // m = 0.5·2 − 1 = 0; v = 0.75·4 + 0.25·4 = 4
      expectNumbers(second.state["mean"]?.["a"], [0]);
      expectNumbers(second.state["variance"]?.["a"], [4]);
      expectNumbers(second.params["a"], [0.9]);
      const third = optimizer.update(second.params, { a: tensor1d([1]) }, second.state);
      // m = 0.5, /(1 − 0.5³); v = 3.25, /(1 − 0.75³)
      expectNumbers(third.params["a"], [0.9 - (0.1 * (0.5 / 0.875)) / Math.sqrt(3.25 / 0.578125)]);
    }));
  it("adds its decay to the gradient, as DARTS does", () =>
    inTidy(() => {
      const optimizer = createOptimizer({ ...adam, decay: 0.5 }, 0);
      const a = { a: tensor1d([4]) };
      const next = optimizer.update(a, { a: tensor1d([1]) }, optimizer.init(a));
      expectNumbers(next.state["mean"]?.["a"], [1.5]);
      expectNumbers(next.state["variance"]?.["a"], [2.25]);
    }));
  it("keeps a clock for every row, so that a rare row is not taken for an old one", () =>
    inTidy(() => {
      const optimizer = createOptimizer(adam, 0);
      const a = { a: tensor2d([[0], [0]]) };
      const only = (row: number) => ({
        rows: { a: tensor2d([[row === 0 ? 1 : 0], [row === 1 ? 1 : 0]], undefined, "bool") },
      });
      const grads = { a: tensor2d([[2], [3]]) };
      let now = { params: a as Record<string, Tensor>, state: optimizer.init(a) };
      for (let step = 0; step < 5; step++)
        now = optimizer.update(now.params, grads, now.state, only(0)) as typeof now;
      expectNumbers(now.params["a"], [-0.5, 0]);
      expectNumbers(now.state["time"]?.["a"], [5, 0]);
      expectNumbers(now.state["mean"]?.["a"], [2 * (1 - 0.5 ** 5), 0]);
      now = optimizer.update(now.params, grads, now.state, only(1)) as typeof now;
      // A first step has the size of the rate, whatever the gradient.
      expectNumbers(now.params["a"], [-0.5, -0.1]);
      expectNumbers(now.state["time"]?.["a"], [5, 1]);
    }));
  it("unrolls as plain descent with decay", () =>
    inTidy(() => {
      const optimizer = createOptimizer({ ...adam, decay: 0.1 }, 0);
      const a = { a: tensor1d([2]) };
      const far = optimizer.unroll(a, { a: tensor1d([3]) }, optimizer.init(a), 0.5);
      expectNumbers(far["a"], [2 - 0.5 * 3.2]);
    }));
});

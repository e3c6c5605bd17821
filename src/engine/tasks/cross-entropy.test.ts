import { grad, memory, type Tensor, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../backend/index.ts";
import { crossEntropy } from "./cross-entropy.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const lossAt = (logits: number[][], labels: number[]) =>
  tidy(() => crossEntropy(tensor2d(logits), tensor1d(labels, "int32")).dataSync()[0] as number);

it("is minus the logarithm of the right class's probability, on average", () => {
  // Probabilities 1/4 and 3/4 in the first row; e² / (e² + 1) for the second row's label.
  const expected = (Math.log(4) + Math.log(1 + Math.exp(-2))) / 2;
  const logits = [
    [0, Math.log(3)],
    [2, 0],
  ];
  expect(lossAt(logits, [0, 0])).toBeCloseTo(expected, 6);
});

it("stays finite for logits that overflow an exponential", () => {
  expect(lossAt([[1000, 0]], [0])).toBeCloseTo(0, 6);
  expect(lossAt([[1000, 0]], [1])).toBeCloseTo(1000, 2);
});

it("has the gradient of central differences", () => {
  const logits = [
    [0.3, -1.2, 0.8],
    [1.5, 0.1, -0.4],
  ];
  const labels = [2, 1];
  const gradient = tidy(() =>
    grad((x: Tensor) => crossEntropy(x, tensor1d(labels, "int32")))(tensor2d(logits)).arraySync(),
  ) as number[][];
  const h = 1e-2;
  const moved = (row: number, column: number, by: number) =>
    logits.map((values, r) => values.map((v, c) => (r === row && c === column ? v + by : v)));
  for (const [row, values] of gradient.entries()) {
    for (const [column, value] of values.entries()) {
      const up = lossAt(moved(row, column, h), labels);
      const down = lossAt(moved(row, column, -h), labels);
      expect((up - down) / (2 * h)).toBeCloseTo(value, 3);
    }
  }
  expect(memory().numTensors).toBe(0);
});

/** @file A made-up image task, 8×8×3 in three classes, small enough for the cpu backend to search in a test. */
import { tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import { createRng } from "../../src/engine/core/rng.ts";
import type { Task, TaskDefinition } from "../../src/engine/problem.ts";
import { crossEntropy } from "../../src/engine/tasks/cross-entropy.ts";

const side = 8;
const classes = 3;

/** Two full batches of four and a rest. */
const examples = 10;
const task: Task = {
  inOrder: async (split, index, size) =>
    (index + 1) * size > examples
      ? undefined
      : task.sample(split, { size, step: index, rng: createRng(11) }),
  sample(split, { size, step, rng }) {
    const here = rng.fork(split).fork(step);
    const labels = Int32Array.from({ length: size }, (_, i) => here.fork(i).below(classes));
    const noise = here.fork("noise").normal(size * side * side * 3);
    const pixels = noise.map(
      (v, i) => v + (i % 3 === labels[Math.floor(i / (side * side * 3))] ? 1 : 0),
    );
    return {
      split,
      x: tensor4d(pixels, [size, side, side, 3]),
      y: tensor1d(labels, "int32"),
    };
  },
  isClassifier: true,
  loss: (logits, { y }) => crossEntropy(logits, y),
  dispose: () => {},
};

/** Class c has a brighter channel c. */
export const blobs: TaskDefinition = {
  id: "blobs",
  label: "Blobs",
  summary: "Noise with one brighter channel.",
  reference: "made for tests",
  hyper: {},
  signature: { kind: "image", input: [side, side, 3], classes },
  open: async () => task,
};

/** @file Named settings: DARTS's search on CIFAR-10 at three sizes, and its toy. Data only. */
import type { AdamSpec, Preset, SgdSpec } from "../../protocol/spec.ts";

const dartsWeights: SgdSpec = {
  kind: "sgd",
  lr: 0.025,
  lrFloor: 0.001,
  momentum: 0.9,
  decay: 3e-4,
  clip: 5,
};
const dartsAlpha: AdamSpec = { kind: "adam", lr: 3e-4, beta1: 0.5, beta2: 0.999, decay: 1e-3 };

interface CellSizes {
  readonly cells: number;
  readonly channels: number;
  readonly nodes: number;
}
/** `epochs` passes over the 5,000 images that train w. */
const cifar10 = (
  id: string,
  label: string,
  sizes: CellSizes,
  batchSize: number,
  epochs: number,
): Preset => ({
  id,
  label,
  reference: `DARTS's optimisers and schedule (arXiv:1806.09055, appendix A), ${epochs} epochs of 16×16 images`,
  settings: {
    space: "darts-conv",
    task: "cifar10",
    steps: epochs * Math.floor(5000 / batchSize),
    batchSize,
    weightOptimizer: dartsWeights,
    alphaOptimizer: dartsAlpha,
    spaceHyper: { ...sizes },
    taskHyper: {},
  },
  // η·β stays well below 0.1: the spring acts on every weight (stability of the w and y steps).
  hyper: { rarts: { lambda: 1, beta: 1 } },
});

const plain: SgdSpec = { kind: "sgd", lr: 0.05, lrFloor: 0.05, momentum: 0, decay: 0, clip: 0 };

export const presets: readonly Preset[] = [
  {
    id: "toy",
    label: "Two quadratics",
    reference: "DARTS fig. 2 (arXiv:1806.09055): plain gradient descent from (α, w) = (2, −2)",
    settings: {
      space: "toy",
      task: "toy",
      steps: 1000,
      batchSize: 1,
      weightOptimizer: plain,
      alphaOptimizer: plain,
      spaceHyper: {},
      taskHyper: {},
    },
    hyper: { rarts: { lambda: 10, beta: 10 } },
  },
  cifar10("tiny", "Tiny", { cells: 3, channels: 4, nodes: 2 }, 16, 10),
  cifar10("small", "Small", { cells: 4, channels: 8, nodes: 4 }, 32, 10),
  cifar10("paper", "As in the paper", { cells: 8, channels: 16, nodes: 4 }, 64, 50),
];

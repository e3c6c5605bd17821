/** @file Named settings: DARTS's search on CIFAR-10 at three sizes, other cells, first names, and its toy. Data only. */
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
/** Adam moves α by about its rate a step: a tenth of the steps need ten times the rate to come as far. */
const shortAlpha: AdamSpec = { ...dartsAlpha, lr: 3e-3 };
const sayShort = ", α at ten times the paper's rate, since the search is so much shorter";

const halfImages = 5000;
const isShort = (epochs: number): boolean => epochs < 50;
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
  reference: `DARTS's optimisers and schedule (arXiv:1806.09055, appendix A), ${epochs} epochs of 16×16 images${isShort(epochs) ? sayShort : ""}`,
  settings: {
    space: "darts-conv",
    task: "cifar10",
    steps: epochs * Math.floor(halfImages / batchSize),
    batchSize,
    weightOptimizer: dartsWeights,
    alphaOptimizer: isShort(epochs) ? shortAlpha : dartsAlpha,
    spaceHyper: { ...sizes },
    taskHyper: {},
  },
  // η·β stays well below 0.1: the spring acts on every weight (stability of the w and y steps).
  hyper: { rarts: { lambda: 1, beta: 1 } },
});

interface SumCellSizes {
  readonly stages: number;
  readonly cells: number;
  readonly channels: number;
}
/** NAS-Bench-201's own search settings where they differ from DARTS's: weight decay, and every edge keeps one candidate. */
const nb201 = (id: string, label: string, space: string, sizes: SumCellSizes): Preset => {
  const batchSize = 16;
  const epochs = 10;
  const everyEdge = { kept: 0 };
  return {
    id,
    label,
    reference: `NAS-Bench-201's search settings (arXiv:2001.00326, official code), without Nesterov momentum, ${epochs} epochs of 16×16 images${sayShort}`,
    settings: {
      space,
      task: "cifar10",
      steps: epochs * Math.floor(halfImages / batchSize),
      batchSize,
      weightOptimizer: { ...dartsWeights, decay: 5e-4 },
      alphaOptimizer: shortAlpha,
      spaceHyper: { ...sizes, nodes: 4 },
      taskHyper: {},
    },
    hyper: {
      darts: { weightsFirst: 1 },
      rarts: { lambda: 1, beta: 1 },
      edas: everyEdge,
      random: everyEdge,
      rsps: everyEdge,
    },
  };
};

/** DARTS's recurrent search (arXiv:1806.09055, appendix A), made small: no momentum, and every gradient is clipped. */
const names: Preset = {
  id: "names",
  label: "First names, recurrent cell",
  reference:
    "after DARTS's recurrent search (arXiv:1806.09055, appendix A), with fewer units, shorter windows, no dropout, and rates for that size of this project's choice",
  settings: {
    space: "recurrent",
    task: "names",
    steps: 2000,
    batchSize: 32,
    weightOptimizer: { kind: "sgd", lr: 8, lrFloor: 0.5, momentum: 0, decay: 5e-7, clip: 0.25 },
    alphaOptimizer: { kind: "adam", lr: 3e-3, beta1: 0.9, beta2: 0.999, decay: 1e-3 },
    spaceHyper: { hidden: 32, nodes: 4 },
    taskHyper: {},
  },
  // η·β stays below 0.1 here, too.
  hyper: {
    ...Object.fromEntries(["edas", "random", "rsps"].map((method) => [method, { kept: 1 }])),
    rarts: { lambda: 1, beta: 0.01 },
  },
};

/** Scores are scales of norms: trained by SGD like the weights, but not decayed, since sparsity already pulls on them. */
const widths: Preset = {
  id: "width",
  label: "Layer widths",
  reference:
    "DARTS's optimiser of the weights (arXiv:1806.09055, appendix A), the same without decay for the scores; penalties of this project's choice",
  settings: {
    space: "width",
    task: "cifar10",
    steps: 1560,
    batchSize: 32,
    weightOptimizer: dartsWeights,
    alphaOptimizer: { ...dartsWeights, decay: 0 },
    spaceHyper: { stages: 2, blocks: 1, channels: 16, prune: 0.4 },
    taskHyper: {},
  },
  hyper: {
    darts: { sparsity: 0.02 },
    milenas: { sparsity: 0.02 },
    rarts: { lambda: 1, beta: 1, sparsity: 0.02 },
    slimming: { strength: 0.002 },
  },
};

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
  nb201("nb201", "NAS-Bench-201, tiny", "nb201", { stages: 3, cells: 1, channels: 4 }),
  // One stage: no residual block stands in for a cell of skips.
  nb201("collapse", "Skip or convolution", "collapse", { stages: 1, cells: 2, channels: 4 }),
  widths,
  names,
];

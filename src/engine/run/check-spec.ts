/** @file Validates a spec's own numbers and fills in the registry's defaults. */
import type { Hyper, HyperSpec, OptimizerSpec, RunSpec } from "../../protocol/spec.ts";
import { completeHyper, integer, linear, log } from "../core/hyper.ts";
import { SpecError } from "../errors.ts";
import type { SearchMethod, SearchSpace, TaskDefinition } from "../problem.ts";

/** What each optimiser's settings mean and may be; the defaults are DARTS's (arXiv:1806.09055, appendix A). */
export const optimizerFields: Readonly<Record<OptimizerSpec["kind"], HyperSpec>> = {
  sgd: {
    lr: log(
      "Rate η",
      "Step size of the weights at the start of the cosine schedule.",
      0.025,
      1e-5,
      10,
    ),
    lrFloor: linear("Final rate", "Where the cosine schedule ends.", 0.001, 0, 10),
    momentum: linear("Momentum μ", "Share of the last step that is carried on.", 0.9, 0, 0.999),
    decay: linear(
      "Weight decay",
      "Pull of the weights towards zero. RobustDARTS raises it threefold and more against skip collapse.",
      3e-4,
      0,
      1,
    ),
    clip: linear("Gradient clip", "Largest gradient norm; 0 for none.", 5, 0, 1000),
  },
  adam: {
    lr: log("Rate η", "Step size of Adam.", 3e-4, 1e-6, 10),
    beta1: linear("β₁", "Memory of the gradient's mean.", 0.5, 0, 0.9999),
    beta2: linear("β₂", "Memory of the gradient's square.", 0.999, 0, 0.99999),
    decay: linear("Decay", "Pull towards zero, added to the gradient.", 1e-3, 0, 1),
  },
};

const sizes: HyperSpec = {
  seed: integer("Seed", "Names every random draw of the run.", 1, 0, 2 ** 32 - 1),
  steps: integer("Steps", "Where the run ends.", 1, 1, 10_000_000),
  batchSize: integer("Batch", "Examples a step from each half.", 1, 1, 1024),
};

/** The entries of the registry that a spec names. */
export interface SpecParts {
  readonly method: SearchMethod;
  readonly space: SearchSpace;
  readonly task: TaskDefinition;
}

/** The spec with every hyper-parameter present. Throws `SpecError` or `HyperError`. */
export function completeSpec(spec: RunSpec, { method, space, task }: SpecParts): RunSpec {
  if (!space.accepts(task.signature))
    throw new SpecError(`space "${space.id}" cannot serve task "${task.id}"`);
  const { seed, steps, batchSize } = spec;
  completeHyper(sizes, { seed, steps, batchSize });
  return {
    ...spec,
    weightOptimizer: checkOptimizer(spec.weightOptimizer),
    alphaOptimizer: checkOptimizer(spec.alphaOptimizer),
    hyper: completeHyper(method.hyper, spec.hyper),
    spaceHyper: completeHyper(space.hyper, spec.spaceHyper),
    taskHyper: completeHyper(task.hyper, spec.taskHyper),
  };
}

/** Throws `SpecError` for an unknown kind and `HyperError` for a number out of range. */
export function checkOptimizer(optimizer: OptimizerSpec): OptimizerSpec {
  const { kind, ...values } = optimizer;
  const fields = optimizerFields[kind];
  if (!fields) throw new SpecError(`no optimiser "${kind}"; there are sgd, adam`);
  return { kind, ...completeHyper(fields, values as Hyper) } as OptimizerSpec;
}

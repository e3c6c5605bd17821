/** @file Takes real steps of methods on a bound problem: fixed synthetic batches, every loss read back. */
import { dispose, type Tensor, tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { createOptimizer } from "../src/engine/core/optim.ts";
import { advance, tensorsIn } from "../src/engine/core/params.ts";
import { createRng, type Rng } from "../src/engine/core/rng.ts";
import type {
  AlphaValues,
  Batch,
  BoundProblem,
  MethodState,
  Split,
  Supernet,
  Task,
} from "../src/engine/problem.ts";
import { dartsConv } from "../src/engine/spaces/darts-conv.ts";
import { crossEntropy } from "../src/engine/tasks/cross-entropy.ts";
import { type PresetName, type StepName, stepNames } from "./engine.ts";
import { methodsOf, type Timed } from "./methods.ts";
import { benchPresets, settingsOf } from "./presets.ts";

const classes = 10;
/** Past EDAS's warm-up, where its steps are its own. */
const progress = 0.5;

/** The supernet of a preset for synthetic images, and the task of telling their random labels apart. */
export function subjectOf(preset: PresetName): { net: Supernet; task: Task; batchSize: number } {
  const { batchSize, spaceHyper } = settingsOf(preset).settings;
  const { size } = benchPresets[preset];
  const signature = { kind: "image", input: [size, size, 3], classes } as const;
  return {
    net: dartsConv.supernet(signature, spaceHyper as Parameters<typeof dartsConv.supernet>[1]),
    task: {
      sample: (split, { rng }) => synthetic(split, batchSize, size, rng),
      loss: (logits, { y }) => crossEntropy(logits, y),
      isClassifier: true,
      dispose: () => {},
    },
    batchSize,
  };
}

/** Normal pixels (batch, size, size, 3) and every class in turn. */
function synthetic(split: Split, batch: number, size: number, rng: Rng): Batch {
  const pixels = rng.fork(split).normal(batch * size * size * 3);
  const labels = Int32Array.from({ length: batch }, (_, i) => i % classes);
  return {
    split,
    x: tensor4d(pixels, [batch, size, size, 3]),
    y: tensor1d(labels, "int32"),
  };
}

/** All kinds of steps on one problem, each with a state of its own, which begins at the first step of its kind. */
export class Steps {
  readonly #problem: BoundProblem;
  readonly #methods: Readonly<Record<StepName, Timed>>;
  readonly #optimizers;
  readonly #rng = createRng(1);
  readonly #batches: Readonly<Record<Split, Batch>>;
  readonly #states = new Map<StepName, MethodState>();
  #taken = 0;

  constructor(preset: PresetName, problem: BoundProblem, task: Task, batchSize: number) {
    const { settings, hyper } = settingsOf(preset);
    const { weightOptimizer, alphaOptimizer } = settings;
    this.#problem = problem;
    this.#methods = methodsOf(hyper);
    this.#optimizers = {
      weights: createOptimizer(weightOptimizer, 0),
      alpha: createOptimizer(alphaOptimizer, 0),
    };
    const draw = { step: 0, size: batchSize, rng: this.#rng };
    this.#batches = { train: task.sample("train", draw), val: task.sample("val", draw) };
  }

  /** One step, to the moment its losses are numbers. Throws if one is not finite. */
  async take(name: StepName): Promise<void> {
    const { method, hyper } = this.#methods[name];
    const state =
      this.#states.get(name) ??
      (tidy(
        () => method.init(this.#problem, this.#optimizers, this.#rng.fork("init"), hyper) as never,
      ) as MethodState);
    const alphaOnHost = method.needsAlphaOnHost ? await numbersOf(state.alpha) : {};
    const step = this.#taken++;
    const next = advance(state, (s) =>
      method.step(this.#problem, s, {
        ...this.#batches,
        hyper,
        optimizers: this.#optimizers,
        rng: this.#rng.fork(step),
        step,
        progress,
        alphaOnHost,
      }),
    );
    this.#states.set(name, next.state);
    const { trainLoss, valLoss } = next.report;
    const losses = await Promise.all([trainLoss, valLoss].map((loss) => loss.data()));
    dispose(tensorsIn(next.report));
    for (const [loss] of losses)
      if (!Number.isFinite(loss)) throw new Error(`${name} diverged: its loss is ${loss}`);
  }

  dispose(): void {
    for (const name of stepNames) dispose(tensorsIn(this.#states.get(name)));
    dispose(tensorsIn(this.#batches));
    this.#problem.dispose();
  }
}

async function numbersOf(params: Readonly<Record<string, Tensor>>): Promise<AlphaValues> {
  const entries = Object.entries(params).map(
    async ([name, x]) => [name, Float32Array.from(await x.data())] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** @file What the engine makes of a fixture's search step, quantity by quantity, against what PyTorch made of it. */
import {
  concat,
  dispose,
  reshape,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import { completeHyper } from "../../src/engine/core/hyper.ts";
import { createOptimizer, type Optimizer } from "../../src/engine/core/optim.ts";
import { type Params, scale, tensorsIn } from "../../src/engine/core/params.ts";
import { createRng } from "../../src/engine/core/rng.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { alphaGrad, weightGrad } from "../../src/engine/methods/gradients.ts";
import { rarts } from "../../src/engine/methods/rarts.ts";
import type { Batch, Bind, BoundProblem, SearchMethod, Split } from "../../src/engine/problem.ts";
import type { ConvFixture, Fixture, Named } from "./fixture.ts";
import { flatten, type Subject, subjectOf } from "./subject.ts";

/** One line of the table. */
export interface Row {
  readonly quantity: string;
  /** Largest |found − expected| as a share of the largest |expected|; absent where the engine keeps it to itself. */
  readonly error?: number;
  /** How large the error may be in single precision. */
  readonly tolerance: number;
}

/** Single precision over some hundred layers; and for differences of nearly equal gradients (PyTorch's own: up to 4e-3). */
const [forward, backward, difference] = [1e-4, 1e-3, 1e-2];

/** Throws `FixtureError` where the fixture does not fit, and what `bind` throws. */
export async function measure(fixture: Fixture, bind: Bind): Promise<readonly Row[]> {
  const subject = subjectOf(fixture);
  const problem = await bind(subject.net, subject.task, subject.batchSize);
  const { weights, alpha } = fixture;
  const point = {
    weights: { weights: tensor1d(flatten(subject, weights, fixture.name)) },
    alpha: upload(alpha),
  };
  try {
    const step = new Step(subject, problem, point);
    return fixture.space === "darts-conv"
      ? await convolutional(fixture, subject, step)
      : [
          await step.logits(turned(fixture.expect.logits.values, fixture.config)),
          await step.loss("loss", "train", fixture.expect.loss),
          await step.weightGradient(flatten(subject, fixture.expect.gradWeights, fixture.name)),
          await step.alphaGradient("α-gradient", "train", fixture.expect.gradAlpha),
        ];
  } finally {
    dispose(tensorsIn(point));
    problem.dispose();
  }
}

async function convolutional(
  fixture: ConvFixture,
  subject: Subject,
  step: Step,
): Promise<readonly Row[]> {
  const { expect, name } = fixture;
  const { xi, momentum, decay, alpha: second } = expect.secondOrder;
  const velocity = flatten(subject, fixture.momentum, name);
  const y = flatten(subject, fixture.weightsY, name);
  const sgd = { kind: "sgd", lr: xi, lrFloor: xi, momentum, decay, clip: 0 } as const;
  const weightsOptimizer = createOptimizer(sgd, 0);
  const asked = { weightsOptimizer, velocity, y };
  return [
    await step.logits(expect.logits.values),
    await step.loss("training loss", "train", expect.trainLoss),
    await step.loss("validation loss", "val", expect.validLoss),
    await step.weightGradient(flatten(subject, expect.gradWeights, name)),
    await step.alphaGradient("α-gradient, training half", "train", expect.gradAlphaTrain),
    await step.method(
      "DARTS, first order",
      backward,
      methods.darts,
      { xi: 0 },
      asked,
      expect.firstOrder,
    ),
    await step.method(
      "DARTS, second order",
      difference,
      methods.darts,
      { xi, momentum: 1 },
      asked,
      second,
    ),
    await step.method(
      "RARTS",
      backward,
      methods.rarts,
      { lambda: expect.rarts.lambda, reuseGradients: 1 },
      asked,
      expect.rarts.alpha,
    ),
  ];
}

/** As methods of any state. */
const methods = { darts, rarts } as unknown as Readonly<Record<"darts" | "rarts", SearchMethod>>;

/** What a method's step needs besides the point. */
interface Asked {
  readonly weightsOptimizer: Optimizer;
  readonly velocity: Float32Array;
  readonly y: Float32Array;
}

/** α's optimiser as a witness: the new α is the gradient that the method handed over, 0 where the loss does not reach. */
const witness: Optimizer = {
  lr: 0,
  init: () => ({}),
  update: (alpha, grads, state) => ({ params: { ...scale(0, alpha), ...grads }, state }),
  unroll: (params) => params,
  share: (part) => part,
};

interface Point {
  readonly weights: Params;
  readonly alpha: Params;
}
/** One point, asked for one quantity after another. */
class Step {
  readonly #subject: Subject;
  readonly #problem: BoundProblem;
  readonly #point: Point;

  constructor(subject: Subject, problem: BoundProblem, point: Point) {
    [this.#subject, this.#problem, this.#point] = [subject, problem, point];
  }
  async logits(expected: Float32Array): Promise<Row> {
    const problem = this.#problem;
    const { weights, alpha } = this.#point;
    const row = { quantity: "logits", tolerance: forward };
    if (!problem.logits) return row;
    const { logits } = problem;
    const found = await this.#compute(({ train }) => logits(weights, problem.relax(alpha), train));
    return { ...row, error: errorOf(found, expected) };
  }
  async loss(quantity: string, split: Split, expected: number): Promise<Row> {
    const { weights, alpha } = this.#point;
    const found = await this.#compute(
      (batches) => alphaGrad(this.#problem, weights, alpha, batches[split]).loss,
    );
    return { quantity, error: errorOf(found, [expected]), tolerance: forward };
  }
  async weightGradient(expected: Float32Array): Promise<Row> {
    const { weights, alpha } = this.#point;
    const found = await this.#compute(({ train }) => {
      const mixture = this.#problem.relax(alpha);
      return weightGrad(this.#problem, weights, mixture, train).weights["weights"] as Tensor;
    });
    return { quantity: "weight gradients", error: errorOf(found, expected), tolerance: backward };
  }
  alphaGradient(quantity: string, split: Split, expected: Named): Promise<Row> {
    const { weights, alpha } = this.#point;
    return this.#alphaRow(
      quantity,
      backward,
      expected,
      (batches) => alphaGrad(this.#problem, weights, alpha, batches[split]).alpha,
    );
  }
  /** The α-gradient of a whole search step, by the method's own code. */
  method(
    quantity: string,
    tolerance: number,
    method: SearchMethod,
    hyper: Readonly<Record<string, number>>,
    { weightsOptimizer, velocity, y }: Asked,
    expected: Named,
  ): Promise<Row> {
    return this.#alphaRow(quantity, tolerance, expected, ({ train, val }) => {
      const { weights, alpha } = this.#point;
      const momentum = { velocity: { weights: tensor1d(velocity) } };
      const state = {
        ...{ weights, alpha, valWeights: { weights: tensor1d(y) } },
        ...{ weightsState: momentum, valWeightsState: momentum, alphaState: {} },
      };
      return method.step(this.#problem, state as never, {
        ...{ train, val, rng: createRng(0), step: 0, progress: 0, alphaOnHost: {} },
        hyper: completeHyper(method.hyper, hyper),
        optimizers: { weights: weightsOptimizer, alpha: witness },
      }).state["alpha"];
    });
  }

  async #alphaRow(
    quantity: string,
    tolerance: number,
    expected: Named,
    gradient: (batches: Halves) => Params,
  ): Promise<Row> {
    const names = this.#subject.net.groups.map(({ name }) => name);
    const found = await this.#compute((batches) => {
      const byGroup = { ...scale(0, this.#point.alpha), ...gradient(batches) };
      return concat(names.map((name) => reshape(byGroup[name] as Tensor, [-1])));
    });
    const wanted = names.flatMap((name) => Array.from(expected[name]?.values ?? []));
    return { quantity, error: errorOf(found, wanted), tolerance };
  }
  /** Frees everything that `f` makes once its numbers are read. */
  async #compute(f: (batches: Halves) => Tensor): Promise<Float32Array> {
    const { batch } = this.#subject;
    const tensor = tidy(() => reshape(f({ train: batch("train"), val: batch("val") }), [-1]));
    try {
      return Float32Array.from(await tensor.data());
    } finally {
      tensor.dispose();
    }
  }
}
type Halves = Readonly<Record<Split, Batch>>;

/** Largest |found − expected| over the largest |expected|. Throws `Error` on different counts. */
export function errorOf(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length)
    throw new Error(`${found.length} numbers against ${expected.length}`);
  let [error, size] = [0, 0];
  for (let i = 0; i < found.length; i++) {
    const distance = Math.abs((found[i] as number) - (expected[i] as number));
    if (Number.isNaN(distance)) return distance;
    error = Math.max(error, distance);
    size = Math.max(size, Math.abs(expected[i] as number));
  }
  return error === 0 ? 0 : error / size;
}

const upload = (named: Named): Params =>
  Object.fromEntries(
    Object.entries(named).map(([name, { values, shape }]) => [
      name,
      tensor2d(values, shape as [number, number]),
    ]),
  );

/** (steps, batch, vocab) → (batch, steps, vocab). */
function turned(
  values: Float32Array,
  { steps, batch, vocab }: Readonly<Record<"steps" | "batch" | "vocab", number>>,
): Float32Array {
  const out = new Float32Array(values.length);
  for (let t = 0; t < steps; t++)
    for (let b = 0; b < batch; b++)
      out.set(
        values.subarray((t * batch + b) * vocab, (t * batch + b + 1) * vocab),
        (b * steps + t) * vocab,
      );
  return out;
}

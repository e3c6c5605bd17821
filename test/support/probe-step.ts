/** @file One step of a method outside a run, and the α-gradient that it handed to its optimiser. */
import { tidy } from "@tensorflow/tfjs-core";
import { completeHyper } from "../../src/engine/core/hyper.ts";
import { createOptimizer, type Optimizer } from "../../src/engine/core/optim.ts";
import { advance, type Params } from "../../src/engine/core/params.ts";
import { createRng } from "../../src/engine/core/rng.ts";
import type { AlphaValues, MethodState, Problem, SearchMethod } from "../../src/engine/problem.ts";
import type { Hyper, OptimizerSpec } from "../../src/protocol/spec.ts";
import { batchOf } from "./quadratic.ts";
import { plainSgd } from "./specs.ts";

export interface Probe {
  readonly hyper?: Hyper;
  readonly weights?: OptimizerSpec;
  readonly alpha?: OptimizerSpec;
  readonly seed?: number;
  /** Of the whole run, for schedules. */
  readonly steps?: number;
}

/** Numbers of every leaf. */
export type Numbers = Readonly<Record<string, readonly number[]>>;
export const numbersOf = (params: Params): Numbers =>
  Object.fromEntries(Object.entries(params).map(([name, t]) => [name, [...t.dataSync()]]));

/** A method at work on a problem, step by step; `using` frees its state. */
export function stepper<S extends MethodState, H extends Hyper>(
  method: SearchMethod<S, H>,
  problem: Problem,
  { hyper = {}, weights = plainSgd(0), alpha = plainSgd(0), seed = 1, steps = 100 }: Probe = {},
) {
  const rng = createRng(seed);
  const complete = completeHyper<H>(method.hyper, hyper);
  const optimizers = (progress: number) => ({
    weights: createOptimizer(weights, progress),
    alpha: createOptimizer(alpha, progress),
  });
  let state = tidy(
    () => method.init(problem, optimizers(0), rng.fork("init"), complete) as never,
  ) as S;
  let step = 0;
  return {
    get state() {
      return state;
    },
    /** Puts the state elsewhere; the tensors become the stepper's. */
    place(patch: Partial<S>) {
      ({ state } = advance(state, (s) => ({ state: { ...s, ...patch }, report: {} })));
    },
    /** One step; the numbers it reported and the α-gradient it asked its optimiser to descend. */
    step() {
      const progress = step / steps;
      const asked: { gradient: Numbers } = { gradient: {} };
      const on = optimizers(progress);
      const spy: Optimizer = {
        ...on.alpha,
        update(params, grads, ...rest) {
          asked.gradient = numbersOf(grads);
          return on.alpha.update(params, grads, ...rest);
        },
      };
      const next = advance(state, (s) =>
        method.step(problem, s, {
          train: batchOf("train"),
          val: batchOf("val"),
          hyper: complete,
          optimizers: { ...on, alpha: spy },
          rng: rng.fork(step),
          step,
          progress,
          alphaOnHost: hostValues(s.alpha),
        }),
      );
      state = next.state;
      step++;
      const { values = {}, trainLoss, valLoss } = next.report;
      const report = numbersOf({ trainLoss, valLoss, ...values });
      for (const scalar of [trainLoss, valLoss, ...Object.values(values)]) scalar.dispose();
      return { ...asked, report };
    },
    [Symbol.dispose]() {
      advance(state as object, () => ({ state: {}, report: {} }));
    },
  };
}

const hostValues = (params: Params): AlphaValues =>
  Object.fromEntries(
    Object.entries(params).map(([name, t]) => [name, Float32Array.from(t.dataSync())]),
  );

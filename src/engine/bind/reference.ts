/** @file Space × task → the problem a method solves, with gradients by tfjs's own tape: the reference that runs on any backend. */
import { argMax, cast, equal, type Scalar, sum } from "@tensorflow/tfjs-core";
import { type Params, valueAndGrad } from "../core/params.ts";
import type { Bind, LossAndGrad, Mixture, MixtureWeights, Moments, Wrt } from "../problem.ts";
import { carried } from "./carried.ts";

/** Computes in many small tfjs kernels: slow, but right on every backend, and what fast code is tested against. */
export const bindReference: Bind = async (net, task) => ({
  ...carried(net),
  lossAndGrad(weights, mixture, batch, wrt) {
    const loss = (w: Params, m: Params): Scalar =>
      task.loss(net.forward(w, withWeights(mixture, m), batch.x), batch);
    return differentiate(loss, weights, mixture.weights, wrt) as never;
  },
  logits: (weights, mixture, batch) => net.forward(weights, mixture, batch.x),
  ...(task.isClassifier && {
    score(weights, mixture, batch, moments) {
      const logits = net.forward(weights, mixture, batch.x, moments);
      const hits = equal(argMax(logits, -1), batch.y);
      return { loss: task.loss(logits, batch), correct: sum(cast(hits, "float32")) };
    },
  }),
  ...(net.measure && {
    measure: (weights, mixture, { x }) => net.measure?.(weights, mixture, x) as Moments,
  }),
  dispose: () => {},
});

function differentiate(
  loss: (weights: Params, mixture: Params) => Scalar,
  weights: Params,
  mixture: MixtureWeights,
  wrt: Wrt,
): LossAndGrad {
  switch (wrt) {
    case "weights": {
      const { value, grads } = valueAndGrad((w: Params) => loss(w, mixture), weights);
      return { loss: value, weights: grads[0], mixture: undefined };
    }
    case "mixture": {
      const { value, grads } = valueAndGrad((m: Params) => loss(weights, m), mixture);
      return { loss: value, weights: undefined, mixture: grads[0] as MixtureWeights };
    }
    case "both": {
      const { value, grads } = valueAndGrad(loss, weights, mixture as Params);
      return { loss: value, weights: grads[0], mixture: grads[1] as MixtureWeights };
    }
    case "none":
      return { loss: loss(weights, mixture), weights: undefined, mixture: undefined };
    default:
      return wrt satisfies never;
  }
}

const withWeights = (mixture: Mixture, weights: Params): Mixture => ({
  ...mixture,
  weights: weights as MixtureWeights,
});

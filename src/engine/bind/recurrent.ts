/** @file Computes a recurrent supernet's loss and gradients in plain loops, on tensors of tfjs's cpu backend. */
import { type Scalar, scalar, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { recurrentOps } from "../network/recurrent.ts";
import type { Batch, Bind, BoundProblem, Mixture, Supernet } from "../problem.ts";
import { recurrentExecutor } from "../recurrent/executor.ts";
import { bindReference } from "./reference.ts";

/** Falls back to the reference for what is no recurrent network that predicts the next token. */
export const bindRecurrent: Bind = async (net, task, batchSize, onProgress) =>
  net.recurrent && task.isClassifier
    ? recurrentProblem(net, net.recurrent)
    : bindReference(net, task, batchSize, onProgress);

function recurrentProblem(
  { groups, initWeights, initAlpha, relax }: Supernet,
  network: NonNullable<Supernet["recurrent"]>,
): BoundProblem {
  const { group } = network;
  const executors = new Map<string, ReturnType<typeof recurrentExecutor>>();
  const executorFor = (batch: number, length: number) => {
    const key = `${batch}×${length}`;
    const known = executors.get(key) ?? recurrentExecutor(network, batch, length);
    executors.set(key, known);
    return known;
  };
  const at = (
    weights: Tensor,
    mixture: Mixture,
    { x, y }: Batch,
    wrt: "weights" | "mixture" | "both" | "none",
  ) => {
    const [batch, length] = x.shape as [number, number];
    return executorFor(
      batch,
      length,
    )({
      weights: floats(weights),
      mixture: floats(mixture.weights[group] as Tensor),
      active: mixture.active?.[group],
      inputs: x.dataSync(),
      targets: y.dataSync(),
      wrt,
    });
  };
  return {
    groups,
    initWeights,
    initAlpha,
    relax,
    lossAndGrad(weights, mixture, batch, wrt) {
      const result = at(weights["weights"] as Tensor, mixture, batch, wrt);
      return {
        loss: scalar(result.loss) as Scalar,
        weights: result.weights && { weights: tensor1d(result.weights) },
        mixture: result.mixture && {
          [group]: tensor2d(result.mixture, [
            result.mixture.length / recurrentOps.length,
            recurrentOps.length,
          ]),
        },
      } as never;
    },
    score(weights, mixture, batch) {
      const result = at(weights["weights"] as Tensor, mixture, batch, "none");
      return { loss: scalar(result.loss), correct: scalar(result.correct) };
    },
    dispose: () => executors.clear(),
  };
}

/** On the cpu backend a view of the tensor's own memory. */
const floats = (x: Tensor): Float32Array => x.dataSync<"float32">();

/** @file Computes a recurrent network's loss and gradients by hand-made loops, on tensors of tfjs's cpu backend. */
import {
  type Scalar,
  scalar,
  type Tensor,
  tensor,
  tensor1d,
  tensor2d,
  transpose,
} from "@tensorflow/tfjs-core";
import { valuesOf } from "../core/host.ts";
import type { Params } from "../core/params.ts";
import { recurrentOps } from "../network/recurrent.ts";
import type { Batch, Bind, BoundProblem, Mixture, Supernet } from "../problem.ts";
import {
  type RecurrentExecutor,
  recurrentBytes,
  recurrentExecutor,
  wasmRecurrentExecutor,
} from "../recurrent/executor.ts";
import { carried } from "./carried.ts";
import { checkMemory } from "./estimate.ts";
import { bindReference } from "./reference.ts";

type Network = NonNullable<Supernet["recurrent"]>;

/**
 * A binding by executors of this kind. Falls back to the reference for what is no recurrent network that predicts the
 * next token. Throws `SpecError` if it needs too much memory.
 */
const bindWith =
  (
    make: (network: Network, batch: number) => RecurrentExecutor | Promise<RecurrentExecutor>,
  ): Bind =>
  async (net, task, batchSize, onProgress) => {
    if (!net.recurrent || !task.isClassifier)
      return bindReference(net, task, batchSize, onProgress);
    checkMemory(recurrentBytes(net.recurrent, batchSize));
    return recurrentProblem(net, net.recurrent, await make(net.recurrent, batchSize));
  };

/** In plain loops. */
export const bindRecurrent: Bind = bindWith(recurrentExecutor);
/** With its products in WebAssembly. */
export const bindRecurrentWasm: Bind = bindWith(wasmRecurrentExecutor);

function recurrentProblem(
  net: Supernet,
  { group, vocabulary }: Network,
  run: RecurrentExecutor,
): BoundProblem {
  const at = (weights: Params, mixture: Mixture, { x }: Batch) => ({
    weights: valuesOf(weights["weights"] as Tensor),
    mixture: valuesOf(mixture.weights[group] as Tensor),
    active: mixture.active?.[group],
    inputs: x.dataSync(),
  });
  return {
    ...carried(net),
    lossAndGrad(weights, mixture, batch, wrt) {
      const result = run.lossAndGrad({
        ...at(weights, mixture, batch),
        targets: batch.y.dataSync(),
        wrt,
      });
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
      const targets = batch.y.dataSync();
      const result = run.lossAndGrad({ ...at(weights, mixture, batch), targets, wrt: "none" });
      return { loss: scalar(result.loss), correct: scalar(result.correct) };
    },
    logits(weights, mixture, batch) {
      const [size, length] = batch.x.shape as [number, number];
      const logits = tensor(run.logits(at(weights, mixture, batch)), [length, size, vocabulary]);
      return transpose(logits, [1, 0, 2]);
    },
    dispose: () => {},
  };
}

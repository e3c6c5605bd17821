/**
 * @file Compiles a supernet and computes its loss and gradients on the device of tfjs's WebGPU backend: weights, momentum,
 * α and losses are tensors there and stay there.
 */
import {
  add,
  argMax,
  cast,
  concat,
  div,
  equal,
  greater,
  onesLike,
  rsqrt,
  type Scalar,
  split,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
  where,
} from "@tensorflow/tfjs-core";
import type { Params } from "../core/params.ts";
import { normEpsilon, normRowCount } from "../network/norms.ts";
import type { Batch, Bind, Mixture, Moments, Wrt } from "../problem.ts";
import { WebgpuExecutor } from "../webgpu/executor.ts";
import { compileFor } from "../webgpu/fit.ts";
import { bufferOf, emptyTensor, flush, tensorDevice } from "../webgpu/tensors.ts";
import { carried } from "./carried.ts";
import { multiplyAddsOf } from "./count.ts";
import { bindReference } from "./reference.ts";

/** Falls back to the reference for what is no classifying network: the toy. */
export const bindWebgpu: Bind = async (net, task, batchSize, onProgress) => {
  if (!net.network || !task.isClassifier) return bindReference(net, task, batchSize, onProgress);
  const device = tensorDevice();
  const plan = compileFor(device.limits, net.network, batchSize);
  const executor = await WebgpuExecutor.create(plan, device, {
    onProgress: (done, total) => onProgress?.({ what: "compile", done, total }),
  });
  const forward = (weights: Params, mixture: Mixture, batch: Batch, more: More) =>
    evaluate(executor, weights["weights"] as Tensor, mixture, batch, "none", more);
  return {
    ...carried(net),
    multiplyAdds: multiplyAddsOf(plan),
    lossAndGrad: (weights, mixture, batch, wrt) =>
      evaluate(executor, weights["weights"] as Tensor, mixture, batch, wrt) as never,
    score(weights, mixture, batch, moments) {
      const logits = emptyTensor([plan.logits.n, batchSize]);
      const given = moments && scaled(moments);
      const { loss } = forward(weights, mixture, batch, { logits, given });
      const hits = equal(argMax(logits, 0), batch.y);
      return { loss: loss as Scalar, correct: sum(cast(hits, "float32")) };
    },
    measure(weights, mixture, batch) {
      const taken = emptyTensor([normRowCount(plan.network), 2]);
      forward(weights, mixture, batch, { taken });
      return unscaled(taken as Tensor2D);
    },
    logits(weights, mixture, batch) {
      const logits = emptyTensor([plan.logits.n, batchSize]);
      forward(weights, mixture, batch, { logits });
      return transpose(logits);
    },
    dispose: () => executor.dispose(),
  };
};

/** What a forward pass may be given or asked for besides. */
interface More {
  /** (classes, batch), to be filled. */
  readonly logits?: Tensor;
  /** Mean and 1/σ for the norms to take, (channels of all norms, 2). */
  readonly given?: Tensor | undefined;
  /** The same as they were, to be filled. */
  readonly taken?: Tensor;
}

/** Mean and variance → mean and 1/σ, as kernels have them. */
function scaled(moments: Moments): Tensor {
  const [mean, variance] = split(moments, 2, 1) as [Tensor2D, Tensor2D];
  return concat([mean, rsqrt(add(variance, normEpsilon)) as Tensor2D], 1);
}
/** The way back; 0 and 1 where no norm has run. */
function unscaled(table: Tensor2D): Moments {
  const [mean, inverse] = split(table, 2, 1) as [Tensor2D, Tensor2D];
  const hasRun = greater(inverse, 0);
  const variance = sub(square(div(1, inverse)), normEpsilon);
  return concat([mean, where(hasRun, variance, onesLike(inverse)) as Tensor2D], 1);
}

/** Only puts work into the device's queue. */
function evaluate(
  executor: WebgpuExecutor,
  weights: Tensor,
  mixture: Mixture,
  { x, y }: Batch,
  wrt: Wrt,
  { logits, given, taken }: More = {},
): { loss: Tensor; weights: unknown; mixture: unknown } {
  const used = executor.plan.mixture.groups;
  const loss = emptyTensor([]);
  const byWeights = wrt === "weights" || wrt === "both" ? emptyTensor(weights.shape) : undefined;
  const byMixture =
    wrt === "mixture" || wrt === "both"
      ? Object.fromEntries(
          used.map(({ name, edges, ops }) => [name, emptyTensor([edges, ops])] as const),
        )
      : undefined;
  const buffers = (of: Readonly<Record<string, Tensor>>): Record<string, GPUBuffer> =>
    Object.fromEntries(used.map(({ name }) => [name, bufferOf(of[name] as Tensor)] as const));
  const point = {
    weights: bufferOf(weights),
    mixture: buffers(mixture.weights),
    active: mixture.active,
    learning: mixture.learning,
    images: bufferOf(x),
    labels: bufferOf(y),
    wrt,
    moments: given && bufferOf(given),
  };
  const result = {
    loss: bufferOf(loss),
    weights: byWeights && bufferOf(byWeights),
    mixture: byMixture && buffers(byMixture),
    logits: logits && bufferOf(logits),
    moments: taken && bufferOf(taken),
  };
  flush();
  executor.lossAndGrad(point, result);
  return { loss, weights: byWeights && { weights: byWeights }, mixture: byMixture };
}

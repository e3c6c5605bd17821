/**
 * @file Compiles a supernet and computes its loss and gradients on the device of tfjs's WebGPU backend: weights, momentum,
 * α and losses are tensors there and stay there.
 */
import { type Tensor, transpose } from "@tensorflow/tfjs-core";
import type { Batch, Bind, Mixture, Wrt } from "../problem.ts";
import { WebgpuExecutor } from "../webgpu/executor.ts";
import { compileFor } from "../webgpu/fit.ts";
import { bufferOf, emptyTensor, flush, tensorDevice } from "../webgpu/tensors.ts";
import { multiplyAddsOf } from "./count.ts";
import { bindReference } from "./reference.ts";

/** Falls back to the reference for what is no classifying network: the toy. */
export const bindWebgpu: Bind = async (net, task, batchSize, onProgress) => {
  if (!net.network || !task.isClassifier) return bindReference(net, task, batchSize, onProgress);
  const { groups, initWeights, initAlpha, relax, pullBack } = net;
  const device = tensorDevice();
  const plan = compileFor(device.limits, net.network, batchSize);
  const executor = await WebgpuExecutor.create(plan, device, {
    onProgress: (done, total) => onProgress?.({ what: "compile", done, total }),
  });
  return {
    groups,
    initWeights,
    initAlpha,
    relax,
    ...(pullBack && { pullBack }),
    multiplyAdds: multiplyAddsOf(plan),
    lossAndGrad: (weights, mixture, batch, wrt) =>
      evaluate(executor, weights["weights"] as Tensor, mixture, batch, wrt) as never,
    logits(weights, mixture, batch) {
      const byClass = emptyTensor([plan.logits.n, batchSize]);
      evaluate(executor, weights["weights"] as Tensor, mixture, batch, "none", byClass);
      return transpose(byClass);
    },
    dispose: () => executor.dispose(),
  };
};

/** Only puts work into the device's queue. */
function evaluate(
  executor: WebgpuExecutor,
  weights: Tensor,
  mixture: Mixture,
  { x, y }: Batch,
  wrt: Wrt,
  logits?: Tensor,
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
    images: bufferOf(x),
    labels: bufferOf(y),
    wrt,
  };
  const result = {
    loss: bufferOf(loss),
    weights: byWeights && bufferOf(byWeights),
    mixture: byMixture && buffers(byMixture),
    logits: logits && bufferOf(logits),
  };
  flush();
  executor.lossAndGrad(point, result);
  return { loss, weights: byWeights && { weights: byWeights }, mixture: byMixture };
}

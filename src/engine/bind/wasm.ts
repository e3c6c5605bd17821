/**
 * @file Compiles a supernet and computes its loss and gradients on WebAssembly. tfjs stays on its cpu backend, where a
 * tensor's numbers are at hand without waiting; α, optimisers and methods work on it as on any other.
 */
import { scalar, type Tensor, type Tensor2D, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { compile } from "../compiler/compile.ts";
import type { Wanted } from "../compiler/select.ts";
import { valuesOf } from "../core/host.ts";
import type { Params } from "../core/params.ts";
import { BackendError } from "../errors.ts";
import type { Asked, Batch, Bind, Mixture, MixtureWeights } from "../problem.ts";
import { type ExecutorOptions, WasmExecutor } from "../wasm/executor.ts";
import { hasRelaxedSimd, threadsHere } from "../wasm/features.ts";
import type { Point, Result } from "../wasm/slot.ts";
import { carried } from "./carried.ts";
import { multiplyAddsOf } from "./count.ts";
import { estimate } from "./estimate.ts";
import { bindRecurrentWasm } from "./recurrent.ts";

/** Leaves to others what is no classifying network of layers: the recurrent cell, the toy. */
export const bindWasm: Bind = (...args) => bindWasmOn(threadsHere())(...args);

/** The same with so many threads. */
export const bindWasmOn =
  (threads: number): Bind =>
  (...args) =>
    bindWasmWith({ threads, relaxed: hasRelaxedSimd() })(...args);

/** As `bindWasm`, with fused multiply-adds as given. */
export const bindWasmWith =
  (options: Required<Pick<ExecutorOptions, "threads" | "relaxed">>): Bind =>
  async (net, task, batchSize, onProgress) => {
    if (!net.network || !task.isClassifier)
      return bindRecurrentWasm(net, task, batchSize, onProgress);
    const { groups } = net;
    onProgress?.({ what: "compile", done: 0, total: 1 });
    const plan = compile(net.network, batchSize);
    const cost = await estimate(plan, options.threads);
    const executor = await WasmExecutor.create(plan, options);
    onProgress?.({ what: "compile", done: 1, total: 1 });
    return {
      ...carried(net),
      cost,
      multiplyAdds: multiplyAddsOf(plan),
      lossAndGrad(weights, mixture, batch, wrt) {
        return answer(
          groups,
          telling(() => executor.lossAndGrad(pointAt(weights, mixture, batch, wrt))),
        );
      },
      ...(executor.takesTwo && {
        lossAndGradAtBoth(a: Asked, b: Asked) {
          const [first, second] = telling(() =>
            executor.lossAndGradAtBoth(
              pointAt(a.weights, a.mixture, a.batch, a.wrt),
              pointAt(b.weights, b.mixture, b.batch, b.wrt),
            ),
          );
          return [answer(groups, first), answer(groups, second)] as [never, never];
        },
      }),
      score(weights, mixture, batch, moments) {
        const point = pointAt(weights, mixture, batch, "none", moments);
        const { loss, correct } = telling(() => executor.lossAndGrad(point));
        return { loss: scalar(loss), correct: scalar(correct) };
      },
      measure(weights, mixture, batch) {
        telling(() => executor.lossAndGrad(pointAt(weights, mixture, batch, "none")));
        const table = executor.moments();
        return tensor2d(table, [table.length / 2, 2]);
      },
      logits(weights, mixture, batch) {
        const point = pointAt(weights, mixture, batch, "none");
        const { logits } = telling(() => executor.lossAndGrad(point));
        return tensor2d(logits, [batchSize, logits.length / batchSize]);
      },
      dispose: () => executor.dispose(),
    };
  };

function pointAt(
  weights: Params,
  mixture: Mixture,
  { x, y }: Batch,
  wrt: Wanted,
  moments?: Tensor,
): Point {
  const entries = Object.entries(mixture.weights).map(([name, m]) => [name, valuesOf(m)] as const);
  return {
    weights: valuesOf(weights["weights"] as Tensor),
    mixture: Object.fromEntries(entries),
    active: mixture.active,
    learning: mixture.learning,
    images: valuesOf(x),
    labels: y.dataSync(),
    wrt,
    moments: moments && valuesOf(moments),
  };
}

/** Throws `BackendError` if a helper thread is lost. */
function telling<T>(passes: () => T): T {
  try {
    return passes();
  } catch (error) {
    throw new BackendError(`WebAssembly: ${(error as Error).message}`, { cause: error });
  }
}

const answer = (groups: readonly AlphaGroup[], { loss, weights, mixture }: Result): never =>
  ({
    loss: scalar(loss),
    weights: weights && { weights: tensor1d(weights) },
    mixture: mixture && toTensors(groups, mixture),
  }) as never;

/** (edges, ops) per group; a group that the network does not use has no gradient. */
function toTensors(
  groups: readonly AlphaGroup[],
  values: Readonly<Record<string, Float32Array>>,
): MixtureWeights {
  const entries = groups.flatMap(({ name, edges, ops }): [string, Tensor2D][] => {
    const value = values[name];
    return value ? [[name, tensor2d(value, [edges.length, ops.length])]] : [];
  });
  return Object.fromEntries(entries);
}

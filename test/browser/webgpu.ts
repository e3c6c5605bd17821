/** @file Runs in a browser, for `e2e/webgpu-engine.spec.ts`: networks, points and results come and go as plain numbers. */
import {
  dispose,
  memory,
  type Scalar,
  type Tensor,
  tensor1d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import { lossAlone } from "../../scripts/parity/subject.ts";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { bindReference } from "../../src/engine/bind/reference.ts";
import { bindWebgpu } from "../../src/engine/bind/webgpu.ts";
import { compile } from "../../src/engine/compiler/compile.ts";
import type { Active, Learning, Wanted } from "../../src/engine/compiler/select.ts";
import type { Keep } from "../../src/engine/compiler/values.ts";
import { createOptimizer } from "../../src/engine/core/optim.ts";
import { advance, type Params } from "../../src/engine/core/params.ts";
import { createRng } from "../../src/engine/core/rng.ts";
import type { Network } from "../../src/engine/network/network.ts";
import type { Batch } from "../../src/engine/problem.ts";
import { dartsConv } from "../../src/engine/spaces/darts-conv.ts";
import { WebgpuExecutor } from "../../src/engine/webgpu/executor.ts";
import { bufferOf, emptyTensor, flush, tensorDevice } from "../../src/engine/webgpu/tensors.ts";
import type { SgdSpec } from "../../src/protocol/spec.ts";
import { type Judged, judged } from "../support/judged.ts";

type Numbers = readonly number[];
export interface PlainPoint {
  readonly weights: Numbers;
  readonly mixture: Readonly<Record<string, Numbers>>;
  readonly active?: Active;
  readonly learning?: Learning;
  readonly images: Numbers;
  readonly labels: Numbers;
  readonly wrt: Wanted;
}
export interface PlainResult {
  readonly loss: number;
  readonly weights?: Numbers;
  readonly mixture?: Readonly<Record<string, Numbers>>;
  readonly dispatches: number;
}
export interface Sizes {
  readonly channels: number;
  readonly cells: number;
  readonly nodes: number;
  readonly batch: number;
}

/** Readies tfjs's WebGPU backend; the reason where it cannot be had. */
async function start(): Promise<{ device: string } | { reason: string }> {
  try {
    return { device: (await selectBackend("webgpu")).report.device };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

/** Evaluates a network at some points, one after another in the same memory; `software` decides what code is written for. */
async function evaluate(
  network: Network,
  batch: number,
  points: readonly PlainPoint[],
  { keep = "all", software = true }: { keep?: Keep; software?: boolean } = {},
): Promise<PlainResult[]> {
  const target = software ? { team: 4, software } : { team: 64, software };
  const plan = compile(network, batch, { keep });
  const executor = await WebgpuExecutor.create(plan, tensorDevice(), { target });
  const results: PlainResult[] = [];
  for (const { weights, mixture, active, learning, images, labels, wrt } of points) {
    const tensors: Tensor[] = [];
    const given = (x: Numbers, type: "float32" | "int32" = "float32"): GPUBuffer => {
      tensors.push(tensor1d([...x], type));
      return bufferOf(tensors.at(-1) as Tensor);
    };
    const made = (size: number): Tensor => {
      tensors.push(emptyTensor([size]));
      return tensors.at(-1) as Tensor;
    };
    const loss = made(1);
    const byWeights = wrt === "both" || wrt === "weights" ? made(weights.length) : undefined;
    const entries = Object.entries(mixture);
    const byMixture =
      wrt === "both" || wrt === "mixture"
        ? entries.map(([name, m]) => [name, made(m.length)] as const)
        : undefined;
    const point = {
      weights: given(weights),
      mixture: Object.fromEntries(entries.map(([name, m]) => [name, given(m)])),
      active,
      learning,
      images: given(images),
      labels: given(labels, "int32"),
      wrt,
    };
    const buffers = byMixture?.map(([name, t]) => [name, bufferOf(t)] as const);
    const result = {
      loss: bufferOf(loss),
      weights: byWeights && bufferOf(byWeights),
      mixture: buffers && Object.fromEntries(buffers),
    };
    flush();
    executor.lossAndGrad(point, result);
    const read = async (t: Tensor): Promise<number[]> => Array.from(await t.data());
    const flat = byMixture?.map(async ([name, t]) => [name, await read(t)] as const);
    results.push({
      loss: (await read(loss))[0] as number,
      ...(byWeights && { weights: await read(byWeights) }),
      ...(flat && { mixture: Object.fromEntries(await Promise.all(flat)) }),
      dispatches: executor.dispatches(wrt, active, learning),
    });
    dispose(tensors);
  }
  executor.dispose();
  return results;
}

const images = { kind: "image", input: [16, 16, 3], classes: 10 } as const;
const sgd: SgdSpec = {
  kind: "sgd",
  lr: 0.025,
  lrFloor: 0.025,
  momentum: 0.9,
  decay: 3e-4,
  clip: 5,
};

/** w steps of DARTS's supernet through tfjs's optimiser, compiled or interpreted by tfjs: losses, w, milliseconds, tensors. */
async function train(
  sizes: Sizes,
  start: { readonly weights: Numbers; readonly images: Numbers; readonly labels: Numbers },
  steps: number,
  how: "compiled" | "reference",
) {
  const { batch } = sizes;
  const net = dartsConv.supernet(images, {
    channels: sizes.channels,
    cells: sizes.cells,
    nodes: sizes.nodes,
  });
  const bind = how === "compiled" ? bindWebgpu : bindReference;
  const compiled: number[] = [];
  const problem = await bind(net, lossAlone, batch, ({ done }) => compiled.push(done));
  const data: Batch = {
    split: "train",
    x: tensor4d([...start.images], [batch, 16, 16, 3]),
    y: tensor1d([...start.labels], "int32"),
  };
  const alpha = net.initAlpha(createRng(1));
  const optimizer = createOptimizer(sgd, 0);
  let state = tidy(() => {
    const weights = { weights: tensor1d([...start.weights]) };
    return { weights, velocity: optimizer.init(weights) } as never;
  }) as { weights: Params; velocity: ReturnType<typeof optimizer.init> };
  const losses: number[] = [];
  const ms: number[] = [];
  const tensors: number[] = [];
  for (let i = 0; i < steps; i++) {
    const from = performance.now();
    const next = advance(state, (s) => {
      const { loss, weights } = problem.lossAndGrad(s.weights, net.relax(alpha), data, "weights");
      const { params, state: velocity } = optimizer.update(s.weights, weights, s.velocity);
      return { state: { weights: params, velocity }, report: loss };
    });
    state = next.state;
    losses.push(((await next.report.data()) as Float32Array)[0] as number);
    (next.report as Scalar).dispose();
    ms.push(performance.now() - from);
    tensors.push(memory().numTensors);
  }
  const weights = Array.from(await (state.weights["weights"] as Tensor).data());
  dispose([...Object.values(state.weights), ...Object.values(state.velocity["velocity"] ?? {})]);
  dispose([data.x, data.y, ...Object.values(alpha)]);
  problem.dispose();
  return { losses, weights, ms, tensors, compiled };
}

/** A genotype's network on one batch. */
const judge = (): Promise<Judged> => judged(bindWebgpu, () => memory().numTensors);

const engine = { start, evaluate, train, judge };
export type BrowserEngine = typeof engine;
Object.assign(globalThis, { engine });

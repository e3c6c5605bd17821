/** @file Runs a plan on a WebGPU device. Inputs and results are buffers of that device; nothing is read back. */
import type { Plan } from "../compiler/plan.ts";
import {
  type Active,
  type Learning,
  type Selection,
  select,
  type Wanted,
} from "../compiler/select.ts";
import { BackendError } from "../errors.ts";
import { calibrate } from "./calibrate.ts";
import { type Choice, choose } from "./choose.ts";
import { checkLimits } from "./limits.ts";
import { type LoweredPlan, lower } from "./lowered.ts";
import { bindingLayout, compilePipelines } from "./pipelines.ts";
import type { Device } from "./shader.ts";

export interface ExecutorOptions {
  readonly onProgress?: (done: number, total: number) => void;
  /** What code is written for; measured by default. */
  readonly target?: Device;
}
/** A point and a batch, as 32-bit numbers on the device. */
export interface DevicePoint {
  /** Flat, in the network's order. */
  readonly weights: GPUBuffer;
  /** Per alpha group, (edges, ops) row by row. */
  readonly mixture: Readonly<Record<string, GPUBuffer>>;
  readonly active?: Active | undefined;
  /** The mixture's gradient is zero at other edges. */
  readonly learning?: Learning | undefined;
  /** (batch, height, width, channels) */
  readonly images: GPUBuffer;
  /** Integers, 0 … classes − 1. */
  readonly labels: GPUBuffer;
  readonly wrt: Wanted;
  /** Of every norm, (channels of all norms, 2): mean and 1/σ in place of the batch's own; only without gradients. */
  readonly moments?: GPUBuffer | undefined;
}
/** Where results go: the loss, one number, and gradients shaped like the point's parts, where they are wanted. */
export interface DeviceResult {
  readonly loss: GPUBuffer;
  readonly weights?: GPUBuffer | undefined;
  readonly mixture?: Readonly<Record<string, GPUBuffer>> | undefined;
  /** (classes, batch) */
  readonly logits?: GPUBuffer | undefined;
  /** As the point's moments; 0 and 0 where a norm does not run. */
  readonly moments?: GPUBuffer | undefined;
}

interface Prepared extends Choice {
  readonly chosen: GPUBuffer;
  readonly bindings: GPUBindGroup;
}
/** Settings of the switches that stay prepared; the least recently used makes room. */
const PREPARED = 16;
/** Dynamic offsets of uniform buffers are multiples of this. */
const STRIDE = 256;

/** A plan with its memory and pipelines on one device. */
export class WebgpuExecutor {
  readonly plan: Plan;
  readonly target: Device;
  /** Bytes on the device. */
  readonly bytes: number;
  readonly #device: GPUDevice;
  readonly #lowered: LoweredPlan;
  readonly #pipelines: ReadonlyMap<string, GPUComputePipeline>;
  readonly #layout: GPUBindGroupLayout;
  readonly #memory: Memory;
  readonly #prepared = new Map<string, Prepared>();
  #disposed = false;

  private constructor(
    device: GPUDevice,
    lowered: LoweredPlan,
    parts: {
      memory: Memory;
      layout: GPUBindGroupLayout;
      pipelines: ReadonlyMap<string, GPUComputePipeline>;
      target: Device;
    },
  ) {
    this.plan = lowered.plan;
    this.target = parts.target;
    this.#device = device;
    this.#lowered = lowered;
    this.#memory = parts.memory;
    this.#layout = parts.layout;
    this.#pipelines = parts.pipelines;
    this.bytes = Object.values(parts.memory).reduce((sum, { size }) => sum + size, 0);
  }

  /** Throws `BackendError` if the plan is beyond a limit of the device, or the device refuses memory or a kernel. */
  static async create(
    plan: Plan,
    device: GPUDevice,
    { onProgress, target: given }: ExecutorOptions = {},
  ): Promise<WebgpuExecutor> {
    try {
      const target = given ?? (await calibrate(device));
      const lowered = lower(plan, target);
      checkLimits(lowered, device.limits);
      const layout = bindingLayout(device);
      const { b, lanes } = plan.image.geo;
      const [memory, pipelines] = await Promise.all([
        allocate(device, lowered),
        compilePipelines(device, layout, lowered.kernels, { b, lanes }, target, onProgress),
      ]);
      return new WebgpuExecutor(device, lowered, { memory, layout, pipelines, target });
    } catch (error) {
      if (error instanceof BackendError) throw error;
      throw new BackendError(`WebGPU: ${(error as Error).message}`, { cause: error });
    }
  }

  /** How many kernels one evaluation launches with these switches. */
  dispatches(wrt: Wanted, active?: Active, learning?: Learning): number {
    return choose(this.#lowered, select(this.plan, wrt, active, { learning })).launches.length;
  }

  /** Puts one evaluation into the device's queue, as one command buffer. Throws after `dispose`. */
  lossAndGrad(point: DevicePoint, result: DeviceResult): void {
    if (this.#disposed) throw new Error("the executor was disposed of");
    const { plan } = this;
    const { weights, mixture, norms } = plan;
    if (point.moments && point.wrt !== "none")
      throw new Error(`no gradients (${point.wrt}) where the norms' mean and variance are given`);
    const { ends } = this.#lowered;
    const { scalars } = this.#memory;
    const prepared = this.#prepare(point);
    const encoder = this.#device.createCommandEncoder();
    const copyIn = (from: GPUBuffer, at: number, size: number, start = 0): void =>
      encoder.copyBufferToBuffer(from, 4 * start, scalars, 4 * at, 4 * size);
    const copyOut = (at: number, to: GPUBuffer, size: number, start = 0): void =>
      encoder.copyBufferToBuffer(scalars, 4 * at, to, 4 * start, 4 * size);
    copyIn(point.weights, weights.at, weights.size);
    for (const { name, offset, edges, ops } of mixture.groups)
      copyIn(point.mixture[name] as GPUBuffer, mixture.at + offset, edges * ops);
    copyIn(point.images, ends.images, ends.labels - ends.images);
    copyIn(point.labels, ends.labels, plan.batch);
    if (point.moments)
      for (const { at, from, n } of norms) copyIn(point.moments, at, 2 * n, 2 * from);
    encoder.clearBuffer(scalars, 4 * weights.gradient, 4 * weights.size);
    const pass = encoder.beginComputePass();
    for (const { dispatch, index, chains } of prepared.launches) {
      pass.setPipeline(this.#pipelines.get(dispatch.key) as GPUComputePipeline);
      pass.setBindGroup(0, prepared.bindings, [STRIDE * index]);
      pass.dispatchWorkgroups(dispatch.groups, chains);
    }
    pass.end();
    copyOut(ends.loss, result.loss, 1);
    if (result.weights) copyOut(weights.gradient, result.weights, weights.size);
    for (const { name, offset, edges, ops } of mixture.groups) {
      const to = result.mixture?.[name];
      if (to) copyOut(ends.mixtureGradient + offset, to, edges * ops);
    }
    if (result.moments) {
      encoder.clearBuffer(result.moments);
      for (const { at, from, n } of norms) copyOut(at, result.moments, 2 * n, 2 * from);
    }
    if (result.logits) {
      const { at, n, geo } = plan.logits;
      const row = 4 * plan.batch;
      for (let k = 0; k < n; k++)
        encoder.copyBufferToBuffer(
          this.#memory.planes,
          4 * (at + k * geo.pitch),
          result.logits,
          k * row,
          row,
        );
    }
    this.#device.queue.submit([encoder.finish()]);
  }

  /** Frees the device's memory; what is in the queue is finished. */
  dispose(): void {
    this.#disposed = true;
    for (const { chosen } of this.#prepared.values()) chosen.destroy();
    this.#prepared.clear();
    for (const buffer of Object.values(this.#memory)) buffer.destroy();
  }

  #prepare({ wrt, active, learning, moments }: DevicePoint): Prepared {
    const given = moments !== undefined;
    const key = JSON.stringify([wrt, active, learning, given]);
    const made =
      this.#prepared.get(key) ?? this.#make(select(this.plan, wrt, active, { learning, given }));
    this.#prepared.delete(key);
    this.#prepared.set(key, made);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > PREPARED) {
      this.#prepared.get(oldest as string)?.chosen.destroy();
      this.#prepared.delete(oldest as string);
    }
    return made;
  }
  #make(selection: Selection): Prepared {
    const choice = choose(this.#lowered, selection);
    const { planes, scalars, table, starts } = this.#memory;
    const chosen = filled(this.#device, choice.words, GPUBufferUsage.STORAGE);
    const bindings = this.#device.createBindGroup({
      layout: this.#layout,
      entries: [
        ...[planes, scalars, table, chosen].map((buffer, binding) => ({
          binding,
          resource: { buffer },
        })),
        { binding: 4, resource: { buffer: starts, size: 16 } },
      ],
    });
    return { ...choice, chosen, bindings };
  }
}

/** What stays on the device as long as the executor. */
interface Memory extends Record<string, GPUBuffer> {
  readonly planes: GPUBuffer;
  readonly scalars: GPUBuffer;
  readonly table: GPUBuffer;
  /** Where in `chosen` each dispatch starts. */
  readonly starts: GPUBuffer;
}

/** Throws `BackendError` with what the device says where it refuses. */
async function allocate(device: GPUDevice, lowered: LoweredPlan): Promise<Memory> {
  const { STORAGE, COPY_DST, COPY_SRC, UNIFORM } = GPUBufferUsage;
  device.pushErrorScope("validation");
  device.pushErrorScope("out-of-memory");
  const starts = new Uint32Array((STRIDE / 4) * lowered.dispatches.length);
  lowered.dispatches.forEach(({ chosen }, i) => {
    starts[(STRIDE / 4) * i] = chosen;
  });
  const memory = {
    planes: device.createBuffer({ size: 4 * lowered.planes, usage: STORAGE | COPY_SRC }),
    scalars: device.createBuffer({
      size: 4 * lowered.scalars,
      usage: STORAGE | COPY_DST | COPY_SRC,
    }),
    table: filled(device, Uint32Array.from(lowered.rows), STORAGE),
    starts: filled(device, starts, UNIFORM),
  };
  for (const { at, values } of lowered.plan.constants)
    device.queue.writeBuffer(memory.scalars, 4 * at, Float32Array.from(values));
  const errors = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
  const refused = errors.find((error) => error !== null);
  if (!refused) return memory;
  for (const buffer of Object.values(memory)) buffer.destroy();
  throw new BackendError(`WebGPU refused memory for the network: ${refused.message}`);
}
function filled(device: GPUDevice, words: Uint32Array<ArrayBuffer>, usage: number): GPUBuffer {
  const buffer = device.createBuffer({
    size: words.byteLength,
    usage,
    mappedAtCreation: true,
  });
  new Uint32Array(buffer.getMappedRange()).set(words);
  buffer.unmap();
  return buffer;
}

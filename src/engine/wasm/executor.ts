/** @file Runs a plan on WebAssembly SIMD, with one thread or more. */
import { arenaBytes } from "../compiler/cost.ts";
import type { Plan } from "../compiler/plan.ts";
import {
  type Active,
  activeEntries,
  type Selection,
  selectEntries,
  type Wanted,
} from "../compiler/select.ts";
import { ARITY } from "../compiler/spec.ts";
import { emit } from "../kernels/wasm.ts";
import { normEpsilon, normRowCount } from "../network/norms.ts";
import { assemble } from "./assembler/module.ts";
import { crossEntropy, type Loss, layOutImages, readLogits } from "./edges.ts";
import { createMember, type Job, type Member } from "./member.ts";
import { Program, writeTables } from "./program.ts";
import { type StartThread, startThread, type Thread } from "./threads.ts";
import { webAssembly } from "./web-assembly.ts";

const PAGE = 65536;
const MAX_PAGES = 65536;
const MAX_THREADS = 32;
/** Each has a list of its own in the program, as methods alternate between them. */
const kinds: readonly (Wanted | "given")[] = ["weights", "mixture", "both", "none", "given"];

export interface ExecutorOptions {
  /** By default 1; more need shared memory. */
  readonly threads?: number;
  /** Fused multiply-adds; the machine must have them. */
  readonly relaxed?: boolean;
  readonly start?: StartThread;
  /** Milliseconds that a step of the plan may keep the other threads waiting. */
  readonly patience?: number;
}
/** A point and a batch. */
export interface Point {
  /** Flat, in the network's order. */
  readonly weights: Float32Array;
  /** Per alpha group, (edges, ops) row by row. */
  readonly mixture: Readonly<Record<string, Float32Array>>;
  readonly active?: Active | undefined;
  /** (batch, height, width, channels) */
  readonly images: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly wrt: Wanted;
  /** Of every norm, (channels of all norms, 2): mean and variance in place of the batch's own; only without gradients. */
  readonly moments?: Float32Array | undefined;
}
/** The loss there, and the gradients that were asked for. */
export interface Result extends Loss {
  /** (batch, classes) */
  readonly logits: Float32Array;
  readonly weights?: Float32Array;
  readonly mixture?: Readonly<Record<string, Float32Array>>;
}

/** A plan with its memory, kernels and threads. */
export class WasmExecutor {
  readonly plan: Plan;
  /** Bytes of the arena and of the code. */
  readonly bytes: { readonly arena: number; readonly code: number };
  readonly #program: Program;
  readonly #member: Member;
  readonly #threads: Thread[] = [];
  readonly #arena: Float32Array;
  readonly #patience: number;
  #failure: string | undefined;
  /** What is in each list of the program. */
  readonly #selections: (Selection | undefined)[] = [];
  /** For which candidates the mixture kernels' tables are. */
  #tables: Uint8Array | undefined;

  private constructor(plan: Plan, program: Program, job: Job, code: number, patience: number) {
    this.plan = plan;
    this.bytes = { arena: job.memory.buffer.byteLength, code };
    this.#program = program;
    this.#patience = patience;
    this.#member = createMember(job);
    this.#arena = new Float32Array(job.memory.buffer);
    for (const { at, values } of plan.constants) this.#arena.set(values, at);
  }

  /** Throws if the plan needs more than four gigabytes, or if memory or threads cannot be had. */
  static async create(
    plan: Plan,
    { threads = 1, relaxed = false, start = startThread, patience = 20_000 }: ExecutorOptions = {},
  ): Promise<WasmExecutor> {
    if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS)
      throw new Error(`threads = ${threads} is not a whole number in 1 … ${MAX_THREADS}`);
    const pages = Math.ceil(arenaBytes(plan, threads) / PAGE);
    if (pages > MAX_PAGES)
      throw new Error(
        `the network needs ${Math.ceil((pages * PAGE) / 2 ** 20)} MB of memory; WebAssembly has 4096 MB`,
      );
    const shared = threads > 1;
    const functions = plan.kernels.map((spec) => emit(spec, relaxed));
    const code = assemble(functions, ARITY, pages, shared);
    const module = await webAssembly().compile(code);
    const memory = new (webAssembly().Memory)({ initial: pages, maximum: pages, shared });
    const program = new Program(plan, threads, kinds.length);
    const { words } = program;
    const [leader, ...helpers] = program.rows.map(
      (rows): Job => ({ module, memory, words, rows, kernels: functions.length, threads }),
    );
    const executor = new WasmExecutor(plan, program, leader as Job, code.length, patience);
    await executor.#start(helpers, start);
    return executor;
  }
  async #start(jobs: readonly Job[], start: StartThread): Promise<void> {
    const helpers = jobs.map((job, i) =>
      start(job, (reason) => {
        this.#failure ??= `helper thread ${i + 1} is gone: ${reason}`;
      }),
    );
    const started = await Promise.allSettled(helpers.map((helper) => this.#inTime(helper)));
    for (const helper of started)
      if (helper.status === "fulfilled") this.#threads.push(helper.value);
    const failed = started.find((helper) => helper.status === "rejected");
    if (!failed) return;
    this.dispose();
    throw new Error(`a helper thread did not start: ${String(failed.reason)}`);
  }
  /** A thread that starts too late is stopped as soon as it is there. */
  #inTime(helper: Promise<Thread>): Promise<Thread> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        helper.then(
          (thread) => thread.stop(),
          () => undefined,
        );
        reject(new Error(`no answer for ${this.#patience} ms`));
      }, this.#patience);
      helper.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  /**
   * Loss and gradients at a point. Throws if a size does not fit, after `dispose`, or if a helper thread is lost, after
   * which the executor is of no further use.
   */
  lossAndGrad(point: Point): Result {
    if (this.#failure) throw new Error(`the executor cannot go on: ${this.#failure}`);
    this.#check(point);
    const { plan } = this;
    const arena = this.#arena;
    const selection = this.#select(point);
    arena.set(point.weights, plan.weights.at);
    for (const { name, offset } of plan.mixture.groups)
      arena.set(point.mixture[name] as Float32Array, plan.mixture.at + offset);
    const { weights, image } = plan;
    if (point.wrt === "weights" || point.wrt === "both")
      arena.fill(0, weights.gradient, weights.gradient + weights.size);
    layOutImages(image, point.images, arena);
    if (point.moments) this.#give(point.moments);
    let loss: Loss = { loss: Number.NaN, correct: 0 };
    try {
      this.#member.lead(() => {
        loss = crossEntropy(plan, arena, point.labels);
      }, this.#patience);
    } catch (error) {
      this.#failure = (error as Error).message;
      for (const thread of this.#threads) thread.stop();
      throw new Error(`the executor cannot go on: ${this.#failure}`, { cause: error });
    }
    const result = { ...loss, logits: readLogits(plan, arena) };
    if (point.wrt === "none") return result;
    const byWeights = arena.slice(weights.gradient, weights.gradient + weights.size);
    if (point.wrt === "weights") return { ...result, weights: byWeights };
    const byMixture = this.#mixtureGradient(selection);
    return point.wrt === "mixture"
      ? { ...result, mixture: byMixture }
      : { ...result, weights: byWeights, mixture: byMixture };
  }

  /** Mean and variance that the norms had in the last pass, (channels of all norms, 2); 0 and 1 where none was measured. */
  moments(): Float32Array {
    const table = new Float32Array(2 * normRowCount(this.plan.network)).map((_, i) => i & 1);
    this.#eachChannel((at, row) => {
      table[2 * row] = this.#arena[at] as number;
      table[2 * row + 1] = (this.#arena[at + 1] as number) ** -2 - normEpsilon;
    });
    return table;
  }
  #give(moments: Float32Array): void {
    this.#eachChannel((at, row) => {
      this.#arena[at] = moments[2 * row] as number;
      this.#arena[at + 1] = 1 / Math.sqrt((moments[2 * row + 1] as number) + normEpsilon);
    });
  }
  #eachChannel(visit: (at: number, row: number) => void): void {
    for (const { at, from, n } of this.plan.norms)
      for (let c = 0; c < n; c++) visit(at + 2 * c, from + c);
  }

  /** Ends the threads. */
  dispose(): void {
    this.#failure ??= "it was disposed of";
    for (const thread of this.#threads.splice(0)) thread.stop();
  }

  #check({ weights, mixture, images, labels, moments, wrt }: Point): void {
    const { plan } = this;
    const { image, logits } = plan;
    const expect = (what: string, is: number, wanted: number): void => {
      if (is !== wanted) throw new Error(`${what} has ${is} numbers; the network has ${wanted}`);
    };
    expect("weights", weights.length, plan.weights.size);
    expect("images", images.length, plan.batch * image.n * image.geo.h * image.geo.w);
    expect("labels", labels.length, plan.batch);
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] as number;
      if (!Number.isInteger(label) || label < 0 || label >= logits.n)
        throw new Error(`labels[${i}] = ${label} is not a class in 0 … ${logits.n - 1}`);
    }
    if (moments) expect("moments", moments.length, 2 * normRowCount(plan.network));
    if (moments && wrt !== "none")
      throw new Error(`no gradients (${wrt}) where the norms' mean and variance are given`);
    for (const { name, edges, ops } of plan.mixture.groups)
      expect(`mixture.${name}`, mixture[name]?.length ?? 0, edges * ops);
  }
  /** Writes of the program what the last pass of this kind did not need. */
  #select({ wrt, active, moments }: Point): Selection {
    const { plan } = this;
    const kind = kinds.indexOf(moments ? "given" : wrt);
    const flags = activeEntries(plan, active);
    let selection = this.#selections[kind];
    if (!selection || !equal(selection.active, flags)) {
      const chosen = selectEntries(plan, wrt, flags);
      selection = moments ? { ...chosen, given: true } : chosen;
      this.#selections[kind] = selection;
      this.#program.write(kind, selection);
    }
    if (!this.#tables || !equal(this.#tables, flags)) {
      this.#tables = flags;
      writeTables(plan, selection, new Int32Array(this.#arena.buffer));
    }
    this.#program.choose(kind);
    return selection;
  }
  #mixtureGradient({ active, alive }: Selection): Record<string, Float32Array> {
    const { mixture } = this.plan;
    const flat = new Float64Array(mixture.size);
    for (const { entry, at, n, layer } of mixture.parts)
      if (active[entry] && alive[layer])
        for (let c = 0; c < n; c++)
          flat[entry] = (flat[entry] as number) + (this.#arena[at + c] as number);
    return Object.fromEntries(
      mixture.groups.map(({ name, offset, edges, ops }) => [
        name,
        Float32Array.from(flat.subarray(offset, offset + edges * ops)),
      ]),
    );
  }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.every((x, i) => x === b[i]);

/** @file Runs a plan on WebAssembly SIMD, with one thread or more. */
import { arenaBytes } from "../compiler/cost.ts";
import type { Plan } from "../compiler/plan.ts";
import { ARITY } from "../compiler/spec.ts";
import { emit } from "../kernels/wasm.ts";
import { assemble } from "./assembler/module.ts";
import { Company } from "./company.ts";
import { createMember, type Job, type Member } from "./member.ts";
import { Program } from "./program.ts";
import { checkPoint, kinds, likeness, type Point, type Result, Slot } from "./slot.ts";
import { type StartThread, startThread, type Thread } from "./threads.ts";
import { type Memory, webAssembly } from "./web-assembly.ts";

const PAGE = 65536;
const MAX_PAGES = 65536;
const MAX_THREADS = 32;
/** More threads than this do better on one pass together than on two passes, a thread each. */
const mostApart = 3;
/** Two arenas must stay within what a page may ask of a student's laptop. */
const roomForTwo = 2 ** 31;

export interface ExecutorOptions {
  /** By default 1; more need shared memory. */
  readonly threads?: number;
  /** Fused multiply-adds; the machine must have them. */
  readonly relaxed?: boolean;
  readonly start?: StartThread;
  /** Milliseconds that a step of the plan may keep the other threads waiting. */
  readonly patience?: number;
}
/** A plan with its memory, kernels and threads. */
export class WasmExecutor {
  readonly plan: Plan;
  /** Bytes of the arena and of the code. */
  readonly bytes: { readonly arena: number; readonly code: number };
  /** Whether two passes can go side by side, with memory for two. */
  readonly takesTwo: boolean;
  readonly #program: Program;
  readonly #member: Member;
  readonly #threads: Thread[] = [];
  readonly #memory: Memory;
  readonly #pages: number;
  readonly #first: Slot;
  /** For a second pass beside the first; null where there is no room. */
  #second: Slot | null | undefined;
  readonly #patience: number;
  readonly #company: Company;
  #failure: string | undefined;

  private constructor(plan: Plan, program: Program, job: Job, code: number, patience: number) {
    this.plan = plan;
    const { memory, threads } = job;
    this.bytes = { arena: memory.buffer.byteLength, code };
    this.#program = program;
    this.#patience = patience;
    this.#member = createMember(job);
    this.#company = new Company(threads);
    this.#memory = memory;
    this.#pages = memory.buffer.byteLength / PAGE;
    this.#first = new Slot(plan, program, 0, new Float32Array(memory.buffer));
    this.takesTwo =
      threads > 1 && threads <= mostApart && 2 * memory.buffer.byteLength <= roomForTwo;
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
    // Address space for a second arena, taken only when it is used.
    const maximum = shared ? Math.min(2 * pages, MAX_PAGES) : pages;
    const functions = plan.kernels.map((spec) => emit(spec, relaxed));
    const code = assemble(functions, ARITY, pages, shared, maximum);
    const module = await webAssembly().compile(code);
    const memory = new (webAssembly().Memory)({ initial: pages, maximum, shared });
    const program = new Program(plan, threads, kinds.length, pages * PAGE);
    const { words, beside } = program;
    const [leader, ...helpers] = program.rows.map(
      (rows, index): Job => ({
        ...{ module, memory, words, rows, index, threads },
        beside: beside[index] ?? 0,
        kernels: functions.length,
      }),
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
    this.#check(point);
    this.#program.choose([this.#first.take(point)]);
    const since = performance.now();
    const settle = (): void => this.#first.settle(point);
    if (this.#company.isAlone) this.#member.solo(settle);
    else this.#lead(settle);
    this.#company.took(performance.now() - since, likeness(point));
    return this.#first.result(point);
  }

  /**
   * The same at two points. Where two threads have room for a second arena, each takes a pass by itself, without waiting
   * for the other at every step of the plan: the same bits, sooner if both take as long. Throws as `lossAndGrad` does.
   */
  lossAndGradAtBoth(a: Point, b: Point): [Result, Result] {
    const [first, second] = [this.#first, this.#secondSlot()];
    if (!second) return [this.lossAndGrad(a), this.lossAndGrad(b)];
    this.#check(a);
    this.#check(b);
    this.#program.choose([first.take(a), second.take(b)]);
    this.#lead(() => {
      first.settle(a);
      second.settle(b);
    });
    return [first.result(a), second.result(b)];
  }
  /** Made when it is first needed. */
  #secondSlot(): Slot | null {
    if (this.#second !== undefined || !this.takesTwo) return this.#second ?? null;
    try {
      this.#memory.grow(this.#pages);
    } catch {
      this.#second = null;
      return null;
    }
    const arena = new Float32Array(this.#memory.buffer, this.#pages * PAGE);
    this.#second = new Slot(this.plan, this.#program, 1, arena);
    return this.#second;
  }

  /** As the last pass of `lossAndGrad` had them: mean and variance of the norms, (channels of all norms, 2). */
  moments(): Float32Array {
    return this.#first.moments();
  }

  #lead(between: () => void): void {
    try {
      this.#member.lead(between, this.#patience);
    } catch (error) {
      this.#failure = (error as Error).message;
      for (const thread of this.#threads) thread.stop();
      throw new Error(`the executor cannot go on: ${this.#failure}`, { cause: error });
    }
  }
  #check(point: Point): void {
    if (this.#failure) throw new Error(`the executor cannot go on: ${this.#failure}`);
    checkPoint(this.plan, point);
  }

  /** Ends the threads. */
  dispose(): void {
    this.#failure ??= "it was disposed of";
    for (const thread of this.#threads.splice(0)) thread.stop();
  }
}

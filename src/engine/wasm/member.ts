/**
 * @file One of the threads that run a plan together. `createMember` must stand alone, without a reference to anything
 * outside itself: in Node a thread is started from its source text.
 */

import type { Memory, Module, WebAssemblyApi } from "./web-assembly.ts";

/** What a thread is given. Everything in it is shared or copied by `postMessage`. */
export interface Job {
  readonly module: Module;
  readonly memory: Memory;
  /** Control words, every thread's rows and the lists; laid out by `program.ts`. */
  readonly words: Int32Array;
  /** Where this thread's rows begin. */
  readonly rows: number;
  /** Where the rows begin that it runs when two threads take a pass each; 0 if it takes none then. */
  readonly beside: number;
  readonly kernels: number;
  /** Of this thread, from 0 for the leader. */
  readonly index: number;
  readonly threads: number;
}

export interface Member {
  /**
   * Runs the passes of the current program as their leader; `between` runs on this thread alone. Throws if the other
   * threads do not arrive within `patience` milliseconds.
   */
  lead(between: () => void, patience: number): void;
  /** The same without the other threads, which do not hear of it; the program must have one list. */
  solo(between: () => void): void;
  /** Runs every pass that the leader starts, for ever. */
  follow(): void;
}

/** Instantiates the kernels on the shared memory. */
export function createMember(job: Job): Member {
  // Words 0, 16 and 32 lie on cache lines of their own. The counters only ever go up, wrapping: were one reset, a
  // thread still waiting for its old value would wait for ever.
  const started = 0;
  const arrived = 16;
  const claimed = 32;
  // How many lists there are, one for all threads or one for each of two, and where they begin.
  const lists = 48;
  const spins = 20_000;
  const napMilliseconds = 5;
  const { module, memory, words, rows, beside: own, kernels: count, index, threads } = job;
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels: ((...args: number[]) => void)[] = [];
  for (let i = 0; i < count; i++) kernels.push(exports[`f${i}`] as (...args: number[]) => void);
  let at = 0;
  let expected = 0;
  let base = 0;

  function run(task: number, rows: number): void {
    const end = task + 1 + (words[task] as number);
    for (let i = task + 1; i < end; i++) {
      const row = rows + (words[i] as number);
      (kernels[words[row] as number] as (...args: number[]) => void)(
        words[row + 1] as number,
        words[row + 2] as number,
        words[row + 3] as number,
        words[row + 4] as number,
        words[row + 5] as number,
        words[row + 6] as number,
      );
    }
  }
  /** Which task of the step is next; `claimed` counts tasks and, once a step for each thread, that none was left. */
  const claim = (): number => (Atomics.add(words, claimed, 1) - base) | 0;
  function step(): void {
    const tasks = words[at++] as number;
    for (let i = claim(); i < tasks; i = claim()) run(words[at + i] as number, rows);
    base = (base + tasks + threads) | 0;
    skip(tasks);
  }
  /** Every task of the step, on this thread. */
  function stepAlone(rows: number): void {
    const tasks = words[at++] as number;
    for (let i = 0; i < tasks; i++) run(words[at + i] as number, rows);
    skip(tasks);
  }
  function skip(tasks: number): void {
    const last = words[at + tasks - 1] as number;
    at = last + 1 + (words[last] as number);
  }
  /** All threads wait for one another here. */
  function meet(patience: number): void {
    expected = (expected + threads) | 0;
    const now = (Atomics.add(words, arrived, 1) + 1) | 0;
    if (now === expected) {
      Atomics.notify(words, arrived);
      return;
    }
    for (let i = 0; i < spins; i++)
      if (((Atomics.load(words, arrived) - expected) | 0) >= 0) return;
    const since = performance.now();
    for (;;) {
      const seen = Atomics.load(words, arrived);
      if (((seen - expected) | 0) >= 0) return;
      if (performance.now() - since > patience)
        throw new Error(`a thread gave no answer for ${patience} ms`);
      Atomics.wait(words, arrived, seen, napMilliseconds);
    }
  }
  /** Both passes of a list, all threads on each step. */
  function together(between: () => void, patience: number): void {
    at = words[lists + 1] as number;
    const forward = words[at++] as number;
    const backward = words[at++] as number;
    for (let i = 0; i < forward; i++) {
      step();
      meet(patience);
    }
    between();
    if (backward === 0) return;
    meet(patience);
    for (let i = 0; i < backward; i++) {
      step();
      meet(patience);
    }
  }
  /** Both passes of a list, this thread on each step. */
  function solo(between: () => void): void {
    at = words[lists + 1] as number;
    const forward = words[at++] as number;
    const backward = words[at++] as number;
    for (let i = 0; i < forward; i++) stepAlone(rows);
    between();
    for (let i = 0; i < backward; i++) stepAlone(rows);
  }
  /** Both passes of a list of this thread's own, or none; the threads meet only around the losses. */
  function beside(rows: number, between: () => void, patience: number): void {
    at = words[lists + 1 + index] as number;
    const forward = rows && (words[at++] as number);
    const backward = rows && (words[at++] as number);
    for (let i = 0; i < forward; i++) stepAlone(rows);
    meet(patience);
    between();
    meet(patience);
    for (let i = 0; i < backward; i++) stepAlone(rows);
    meet(patience);
  }
  function pass(between: () => void, patience: number): void {
    if (words[lists] === 1) together(between, patience);
    else beside(own, between, patience);
  }
  return {
    lead(between, patience): void {
      Atomics.add(words, started, 1);
      Atomics.notify(words, started);
      pass(between, patience);
    },
    solo,
    follow(): void {
      for (let done = 0; ; done = (done + 1) | 0) {
        for (let i = 0; i < spins && Atomics.load(words, started) === done; i++);
        while (Atomics.load(words, started) === done) Atomics.wait(words, started, done);
        pass(() => undefined, Number.POSITIVE_INFINITY);
      }
    },
  };
}

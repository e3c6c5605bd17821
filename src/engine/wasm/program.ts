/** @file What the threads run, as numbers in memory that they share: rows of kernel calls, and lists of those that run. */
import type { Op, Plan } from "../compiler/plan.ts";
import { runs, type Selection, termsOf } from "../compiler/select.ts";
import { ARITY } from "../compiler/spec.ts";

/** Words before the rows: counters on cache lines of their own, then where the lists of the pass begin. */
const HEADER = 64;
const LIST = 48;
/** A plan's memory is there at most twice. */
const SLOTS = 2;
const ROW = 1 + ARITY;

/** A call, and which row of a thread is its. */
interface Placed {
  readonly op: Op;
  readonly row: number;
}
type Steps = readonly (readonly (readonly Placed[])[])[];

/**
 * Rows are written once, a copy for each thread, as each has scratch memory of its own. A list names, step by step, the
 * tasks with the calls that run under one setting of the switches, the longest first; threads take them as they get free.
 */
export class Program {
  readonly words: Int32Array;
  /** Where each thread's rows begin. */
  readonly rows: readonly number[];
  /** Where the rows begin that each thread runs by itself when two take a pass each. */
  readonly beside: readonly number[];
  readonly #forward: Steps;
  readonly #backward: Steps;
  readonly #lists: { readonly at: number; readonly size: number };

  /** With room for `lists` lists a slot; the second slot's memory begins at byte `second`. */
  constructor(plan: Plan, threads: number, lists: number, second: number) {
    let count = 0;
    const placed = (pass: Plan["forward"]): Steps =>
      pass.map((step) =>
        step.map((task) => task.map((op): Placed => ({ op, row: count++ }))).sort(byTime),
      );
    this.#forward = placed(plan.forward);
    this.#backward = placed(plan.backward);
    const steps = [...this.#forward, ...this.#backward];
    const sets = threads > 1 ? threads + 1 : 1;
    const starts = Array.from({ length: sets }, (_, t) => HEADER + t * ROW * count);
    this.rows = starts.slice(0, threads);
    this.beside = threads > 1 ? [starts[0] as number, starts[threads] as number] : [];
    // A list has two counts of steps, a count of tasks a step, a place and a count of calls a task, and the calls.
    const size = 2 + steps.length + 2 * steps.flat().length + count;
    this.#lists = { at: HEADER + sets * ROW * count, size };
    const bytes = 4 * (this.#lists.at + SLOTS * lists * size);
    this.words = new Int32Array(
      threads > 1 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes),
    );
    const { scratch } = plan;
    starts.forEach((at, set) => {
      const isBeside = set === threads;
      const place = (float: number): number =>
        isBeside
          ? second + 4 * float
          : 4 * (float >= scratch.at ? float + set * scratch.size : float);
      for (const { op, row } of steps.flat(2)) this.#writeRow(op, at + ROW * row, place);
    });
  }

  /** Byte addresses beyond 2³¹ wrap to negative numbers, which WebAssembly reads as unsigned again. */
  #writeRow({ kernel, args }: Op, at: number, place: (float: number) => number): void {
    this.words[at] = kernel;
    for (let i = 0; i < ARITY; i++) this.words[at + 1 + i] = place(args[i] ?? 0);
  }

  /** Fills a list. */
  write(list: number, selection: Selection): void {
    const start = this.#lists.at + list * this.#lists.size;
    const forward = this.#writeSteps(this.#forward, selection, start + 2);
    const none: Steps = [];
    const backward = this.#writeSteps(
      selection.serves ? this.#backward : none,
      selection,
      forward.end,
    );
    this.words[start] = forward.steps;
    this.words[start + 1] = backward.steps;
  }
  /** Makes a list the one that all threads run together next, or two lists those that two threads run, one each. */
  choose(lists: readonly [together: number] | readonly [number, number]): void {
    lists.forEach((list, i) => {
      this.words[LIST + 1 + i] = this.#lists.at + list * this.#lists.size;
    });
    this.words[LIST] = lists.length;
  }

  /** A step: how many tasks, where each is, then each as a count of calls and their rows. No garbage: masks change often. */
  #writeSteps(pass: Steps, selection: Selection, start: number): { steps: number; end: number } {
    const { words } = this;
    let [steps, at] = [0, start];
    for (const step of pass) {
      let tasks = 0;
      let body = at + 1 + step.length;
      for (const task of step) {
        let calls = 0;
        for (const { op, row } of task) if (runs(op, selection)) words[body + ++calls] = ROW * row;
        if (calls === 0) continue;
        words[body] = calls;
        words[at + ++tasks] = body;
        body += 1 + calls;
      }
      if (tasks === 0) continue;
      words[at] = tasks;
      steps++;
      at = body;
    }
    return { steps, end: at };
  }
}

const time = (task: readonly Placed[]): number => task.reduce((sum, { op }) => sum + op.cost, 0);
const byTime = (a: readonly Placed[], b: readonly Placed[]): number => time(b) - time(a);

/** Writes the mixture kernels' tables into an arena, which is a view from its first byte on: only terms that count. */
export function writeTables(
  plan: Plan,
  selection: Selection,
  { buffer, byteOffset }: Float32Array,
): void {
  const arena = new Int32Array(buffer, byteOffset);
  for (const table of plan.tables) {
    const terms = termsOf(table, selection);
    let { at } = table;
    arena[at++] = terms.length;
    for (const { y, st, scale } of terms) {
      arena[at++] = byteOffset + 4 * y;
      arena[at++] = byteOffset + 4 * st;
      arena[at++] = byteOffset + 4 * scale;
    }
  }
}

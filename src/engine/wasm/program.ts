/** @file What the threads run, as numbers in memory that they share: rows of kernel calls, and lists of those that run. */
import { holds } from "../compiler/conditions.ts";
import type { Op, Plan, Task } from "../compiler/plan.ts";
import { type Selection, termsOf } from "../compiler/select.ts";
import { ARITY } from "../compiler/spec.ts";

/** Words before the rows: counters on cache lines of their own, then where the lists of the pass begin. */
const HEADER = 64;
const LIST = 48;
/** A plan's memory is there at most twice. */
const SLOTS = 2;
const ROW = 1 + ARITY;

/** How many tasks each step of a pass has, and how many calls each of these: the longest first. */
interface Shape {
  readonly tasks: Int32Array;
  readonly calls: Int32Array;
  /** Its first row. */
  readonly first: number;
}

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
  readonly #forward: Shape;
  readonly #backward: Shape;
  /** Per row, where the plan has its condition: side by side here, as most of a mask's time is spent on finding them. */
  readonly #conditions: Int32Array;
  readonly #lists: { readonly at: number; readonly size: number };

  /** With room for `lists` lists a slot; the second slot's memory begins at byte `second`. */
  constructor(plan: Plan, threads: number, lists: number, second: number) {
    const sorted = (pass: Plan["forward"]) => pass.map((step) => [...step].sort(byTime));
    const [forward, backward] = [sorted(plan.forward), sorted(plan.backward)];
    const ops = [forward, backward].flat(3);
    this.#forward = shapeOf(forward, 0);
    this.#backward = shapeOf(backward, forward.flat(2).length);
    this.#conditions = Int32Array.from(ops, ({ condition }) => condition);
    const sets = threads > 1 ? threads + 1 : 1;
    const starts = Array.from({ length: sets }, (_, t) => HEADER + t * ROW * ops.length);
    this.rows = starts.slice(0, threads);
    this.beside = threads > 1 ? [starts[0] as number, starts[threads] as number] : [];
    // A list has two counts of steps, a count of tasks a step, a place and a count of calls a task, and the calls.
    const steps = forward.length + backward.length;
    const tasks = [forward, backward].flat(2).length;
    const size = 2 + steps + 2 * tasks + ops.length;
    this.#lists = { at: HEADER + sets * ROW * ops.length, size };
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
      ops.forEach((op, row) => {
        this.#writeRow(op, at + ROW * row, place);
      });
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
    const backward = selection.serves
      ? this.#writeSteps(this.#backward, selection, forward.end)
      : { steps: 0 };
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
  #writeSteps(
    { tasks, calls, first }: Shape,
    selection: Selection,
    start: number,
  ): { steps: number; end: number } {
    const [words, conditions] = [this.words, this.#conditions];
    let [steps, at, task, row] = [0, start, 0, first];
    for (let step = 0; step < tasks.length; step++) {
      const lastTask = task + (tasks[step] as number);
      let body = at + 1 + lastTask - task;
      let count = 0;
      for (; task < lastTask; task++) {
        const lastRow = row + (calls[task] as number);
        let running = 0;
        for (; row < lastRow; row++)
          if (holds(selection.conditions, conditions[row] as number, selection))
            words[body + ++running] = ROW * row;
        if (running === 0) continue;
        words[body] = running;
        words[at + ++count] = body;
        body += 1 + running;
      }
      if (count === 0) continue;
      words[at] = count;
      steps++;
      at = body;
    }
    return { steps, end: at };
  }
}

const shapeOf = (pass: Plan["forward"], first: number): Shape => ({
  tasks: Int32Array.from(pass, (step) => step.length),
  calls: Int32Array.from(pass.flat(), (task) => task.length),
  first,
});
const time = (task: Task): number => task.reduce((sum, { cost }) => sum + cost, 0);
const byTime = (a: Task, b: Task): number => time(b) - time(a);

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

/** @file Writes what each thread runs, as rows of numbers, for one setting of a plan's switches. */
import type { Op, Plan, Step } from "../compiler/plan.ts";
import { runs, type Selection, termsOf } from "../compiler/select.ts";
import { ARITY } from "../compiler/spec.ts";

/** Control words before the rows; words 32 … hold where each thread's rows start. */
const HEADER = 64;
const STARTS = 32;
export const MAX_THREADS = HEADER - STARTS;
const ROW = 1 + ARITY;

/** Words that programs of a plan need: for every thread as many as if it ran everything. */
export const programWords = (plan: Plan, threads: number): number =>
  HEADER + threads * capacity(plan);
function capacity({ forward, backward }: Plan): number {
  const steps = [...forward, ...backward];
  return 2 + steps.length + ROW * steps.flat(2).length;
}

/** Deals every step's tasks to the threads, the longest first to the least loaded, and writes their rows. */
export function writeProgram(
  plan: Plan,
  selection: Selection,
  threads: number,
  words: Int32Array,
): void {
  const starts = Array.from({ length: threads }, (_, t) => HEADER + t * capacity(plan));
  const ends = starts.map((start, t) => {
    words[STARTS + t] = start;
    return start + 2;
  });
  const backward = selection.serves ? plan.backward : [];
  [plan.forward, backward].forEach((pass, i) => {
    let steps = 0;
    for (const step of pass) {
      const hands = deal(step, selection, threads);
      if (hands.every((ops) => ops.length === 0)) continue;
      steps++;
      hands.forEach((ops, t) => {
        ends[t] = writeRows(plan, ops, t, words, ends[t] as number);
      });
    }
    for (const start of starts) words[start + i] = steps;
  });
}

function deal(step: Step, selection: Selection, threads: number): Op[][] {
  const tasks: { ops: Op[]; cost: number }[] = [];
  for (const task of step) {
    const ops = task.filter((op) => runs(op, selection));
    if (ops.length > 0) tasks.push({ ops, cost: ops.reduce((sum, { cost }) => sum + cost, 0) });
  }
  const hands = Array.from({ length: threads }, (): Op[] => []);
  const loads = hands.map(() => 0);
  tasks.sort((a, b) => b.cost - a.cost);
  for (const { ops, cost } of tasks) {
    const least = loads.indexOf(Math.min(...loads));
    hands[least]?.push(...ops);
    loads[least] = (loads[least] as number) + cost;
  }
  return hands;
}

function writeRows(
  { scratch }: Plan,
  ops: readonly Op[],
  thread: number,
  words: Int32Array,
  from: number,
): number {
  let at = from;
  words[at++] = ops.length;
  for (const { kernel, args } of ops) {
    words[at] = kernel;
    for (let i = 0; i < ARITY; i++) {
      const place = args[i] ?? 0;
      // Byte addresses beyond 2³¹ wrap to negative numbers, which WebAssembly reads as unsigned again.
      words[at + 1 + i] = 4 * (place >= scratch.at ? place + thread * scratch.size : place);
    }
    at += ROW;
  }
  return at;
}

/** Writes the mixture kernels' tables: only terms that count. */
export function writeTables(plan: Plan, selection: Selection, arena: Int32Array): void {
  for (const table of plan.tables) {
    const terms = termsOf(table, selection);
    let { at } = table;
    arena[at++] = terms.length;
    for (const { y, st, scale } of terms) {
      arena[at++] = 4 * y;
      arena[at++] = 4 * st;
      arena[at++] = 4 * scale;
    }
  }
}

/** @file Puts calls into tasks and tasks into steps, as early as what they read and write allows. */
import type { Block } from "./geometry.ts";
import type { Call, Span, Tag } from "./workspace.ts";

/** Calls that one thread runs in order, at a step counted over both passes. */
export interface DraftTask {
  readonly step: number;
  readonly calls: Call[];
}
export interface Schedule {
  readonly tasks: readonly DraftTask[];
  /** The first step of the backward pass, and the number of steps. */
  readonly turn: number;
  readonly steps: number;
}
interface Access extends Span {
  readonly writes: boolean;
  readonly task: DraftTask;
}

/** A call joins the last task of its key if nothing it waits for runs beside or after that task. */
export function schedule(
  calls: readonly Call[],
  zeroed: readonly { readonly block: Block; readonly tag: Tag }[],
): Schedule {
  const accesses = new Map<Block, Access[]>();
  const latest = new Map<string, DraftTask>();
  const tasks: DraftTask[] = [];
  let turn = 0;
  const open = (step: number, key: string): DraftTask => {
    const task = { step, calls: [] };
    tasks.push(task);
    latest.set(key, task);
    return task;
  };
  for (const call of calls) {
    const backward = call.tag.phase === "backward";
    const key = `${call.tag.phase} ${call.key}`;
    const last = latest.get(key);
    let others = backward ? turn : 0;
    let joins = last !== undefined;
    const wait = (span: Span, conflicts: (a: Access) => boolean): void => {
      for (const a of accesses.get(span.block) ?? []) {
        if (!conflicts(a) || a.from >= span.to || span.from >= a.to) continue;
        if (a.task !== last) others = Math.max(others, a.task.step + 1);
      }
    };
    for (const { place, size, reads, writes } of call.args) {
      const span = { block: place.block, from: place.offset, to: place.offset + size };
      if (reads || writes) wait(span, (a) => writes || a.writes);
    }
    for (const span of call.after) wait(span, (a) => a.writes);
    joins &&= others <= (last as DraftTask).step;
    const task = joins
      ? (last as DraftTask)
      : open(last ? Math.max(others, last.step + 1) : others, key);
    task.calls.push(call);
    if (!backward) turn = Math.max(turn, task.step + 1);
    for (const { place, size, reads, writes } of call.args) {
      if (!reads && !writes) continue;
      const known = accesses.get(place.block) ?? [];
      known.push({
        block: place.block,
        from: place.offset,
        to: place.offset + size,
        writes,
        task,
      });
      accesses.set(place.block, known);
    }
  }
  for (const { block, tag } of zeroed) {
    const steps = (accesses.get(block) ?? []).map(({ task }) => task.step);
    if (steps.length > 0) tasks.push({ step: Math.min(...steps) - 1, calls: [zero(block, tag)] });
  }
  return { tasks, turn, steps: Math.max(...tasks.map(({ step }) => step)) + 1 };
}

function zero(block: Block, tag: Tag): Call {
  const place = { block, offset: 0 };
  return {
    spec: { kind: "zero", size: block.size },
    args: [{ place, size: block.size, reads: false, writes: true }],
    key: "",
    tag,
    after: [],
  };
}

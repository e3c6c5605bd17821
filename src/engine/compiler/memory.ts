/** @file Gives every block its place: reused over time, and in a thread's scratch memory if one task alone uses it. */
import type { Block } from "./geometry.ts";
import type { Schedule } from "./schedule.ts";

/** Float offsets of blocks: lasting ones first, then those that share memory over time, then scratch. */
export interface Memory {
  readonly at: ReadonlyMap<Block, number>;
  readonly scratch: { readonly at: number; readonly size: number };
}
/** When a block is in use, both ends included. */
interface Life {
  readonly block: Block;
  from: number;
  to: number;
}

const align = (floats: number): number => Math.ceil(floats / 16) * 16;

/** Places for all blocks, from float `reserved` on. */
export function place(blocks: readonly Block[], { tasks }: Schedule, reserved: number): Memory {
  const at = new Map<Block, number>();
  let end = reserved;
  for (const block of blocks.filter((b) => b.lasting)) {
    at.set(block, end);
    end += align(block.size);
  }
  const users = new Map<Block, Set<number>>();
  tasks.forEach((task, i) => {
    for (const { args } of task.calls)
      for (const { place, reads, writes } of args)
        if ((reads || writes) && !place.block.lasting)
          users.set(place.block, (users.get(place.block) ?? new Set()).add(i));
  });
  const shared = new Map<Block, Life>();
  for (const [block, of] of users) {
    if (of.size === 1) continue;
    const steps = [...of].map((i) => (tasks[i] as (typeof tasks)[number]).step);
    shared.set(block, { block, from: Math.min(...steps), to: Math.max(...steps) });
  }
  const top = end + pack([...shared.values()], at, end);
  let size = 0;
  tasks.forEach((task, i) => {
    const lives = new Map<Block, Life>();
    task.calls.forEach(({ args }, when) => {
      for (const { place, reads, writes } of args)
        if (
          (reads || writes) &&
          users.get(place.block)?.size === 1 &&
          users.get(place.block)?.has(i)
        ) {
          const life = lives.get(place.block) ?? { block: place.block, from: when, to: when };
          life.to = when;
          lives.set(place.block, life);
        }
    });
    size = Math.max(size, pack([...lives.values()], at, top));
  });
  return { at, scratch: { at: top, size: align(size) } };
}

/** Largest first, each at the lowest place that is free for its whole life; returns the floats used from `base` on. */
function pack(lives: Life[], at: Map<Block, number>, base: number): number {
  const placed: { from: number; to: number; start: number; end: number }[] = [];
  let used = 0;
  lives.sort((a, b) => b.block.size - a.block.size || a.from - b.from);
  for (const { block, from, to } of lives) {
    const size = align(block.size);
    let start = 0;
    for (const other of placed) {
      // `placed` is in order of start, so the first gap that is wide enough is the lowest.
      if (other.from > to || other.to < from) continue;
      if (other.start >= start + size) break;
      start = Math.max(start, other.end);
    }
    const index = placed.findIndex((p) => p.start > start);
    placed.splice(index < 0 ? placed.length : index, 0, { from, to, start, end: start + size });
    at.set(block, base + start);
    used = Math.max(used, start + size);
  }
  return used;
}

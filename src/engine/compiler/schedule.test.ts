/** @file Scheduling and memory on random programs: whatever conflicts keeps its order, whatever lives together lies apart. */
import { describe, expect, it } from "vitest";
import { noise } from "../../../test/support/compiled.ts";
import type { Block } from "./geometry.ts";
import { place } from "./memory.ts";
import { schedule } from "./schedule.ts";
import type { Argument, Call, Tag } from "./workspace.ts";

/** Calls on a few blocks, in forward and backward order, with few keys so that many join. */
function randomCalls(seed: number, count: number): { blocks: Block[]; calls: Call[] } {
  const random = noise(seed, 20 * count).map((x) => (x + 1) / 2);
  let used = 0;
  const below = (n: number): number => Math.min(n - 1, Math.floor((random[used++] as number) * n));
  const blocks = Array.from({ length: 24 }, (_, i) => ({
    size: 16 * (1 + below(9)),
    lasting: i < 2,
  }));
  const calls = Array.from({ length: count }, (_, i): Call => {
    const args = Array.from({ length: 1 + below(3) }, (): Argument => {
      // Of three blocks that move on, so that blocks come and go.
      const block = blocks[Math.floor((21 * i) / count) + below(4)] as Block;
      const offset = 16 * below(block.size / 16);
      const kind = below(3);
      const size = block.size - offset;
      return { place: { block, offset }, size, reads: kind !== 1, writes: kind !== 0 };
    });
    const phase = i < count / 2 ? "forward" : "backward";
    const tag: Tag = { phase, layers: [0], serves: 0, leadsTo: [] };
    return { spec: { kind: "zero", size: 4 }, args, key: `${below(9)}`, tag, after: [] };
  });
  return { blocks, calls };
}
const overlaps = (a: Argument, b: Argument): boolean =>
  a.place.block === b.place.block &&
  a.place.offset < b.place.offset + b.size &&
  b.place.offset < a.place.offset + a.size;
const conflicts = (a: Call, b: Call): boolean =>
  a.args.some((x) => b.args.some((y) => (x.writes || y.writes) && overlaps(x, y)));

describe("schedule", () => {
  it.each([1, 2, 3, 4, 5])("keeps the order of conflicting calls (seed %i)", (seed) => {
    const { calls } = randomCalls(seed, 160);
    const { tasks, turn, steps } = schedule(calls, []);
    const where = new Map(
      tasks.flatMap((task) => task.calls.map((call, i) => [call, { task, i }] as const)),
    );
    expect(where.size).toBe(calls.length);
    expect(tasks.length).toBeLessThan(calls.length);
    calls.forEach((later, n) => {
      const b = where.get(later) as { task: (typeof tasks)[number]; i: number };
      expect(b.task.step < turn).toBe(later.tag.phase === "forward");
      expect(b.task.step).toBeLessThan(steps);
      for (const earlier of calls.slice(0, n)) {
        if (!conflicts(earlier, later)) continue;
        const a = where.get(earlier) as typeof b;
        if (a.task === b.task) expect(a.i).toBeLessThan(b.i);
        else expect(a.task.step).toBeLessThan(b.task.step);
      }
    });
  });

  it("zeroes a block just before its first use", () => {
    const { calls, blocks } = randomCalls(7, 60);
    const block = blocks[5] as Block;
    const used = calls.filter(({ args }) => args.some((a) => a.place.block === block));
    expect(used.length).toBeGreaterThan(0);
    const tag: Tag = { phase: "backward", layers: [0], serves: 1, leadsTo: [] };
    const { tasks } = schedule(calls, [{ block, tag }]);
    const step = (call: Call | undefined): number =>
      tasks.find((t) => t.calls.includes(call as Call))?.step as number;
    const zero = tasks.find((t) => t.calls[0]?.tag === tag);
    expect(zero?.step).toBe(Math.min(...used.map(step)) - 1);
  });
});

describe("memory", () => {
  it.each([1, 2, 3])("keeps blocks apart that live at the same time (seed %i)", (seed) => {
    const { calls, blocks } = randomCalls(seed, 120);
    const scheduled = schedule(calls, []);
    const { at, scratch } = place(blocks, scheduled, 16);
    /** First and last moment: a step, and within a step the call for what one task alone uses. */
    const lives = blocks.flatMap((block) => {
      const tasks = scheduled.tasks.filter((t) =>
        t.calls.some((c) => c.args.some((a) => a.place.block === block)),
      );
      if (tasks.length === 0 && !block.lasting) return [];
      const steps = tasks.map(({ step }) => step);
      const own = tasks.length === 1 && !block.lasting ? tasks[0] : undefined;
      const used = own?.calls.flatMap((c, i) =>
        c.args.some((a) => a.place.block === block) ? [i] : [],
      );
      return [
        {
          own,
          start: at.get(block) as number,
          end: (at.get(block) as number) + block.size,
          from: block.lasting ? 0 : Math.min(...(used ?? steps)),
          to: block.lasting ? scheduled.steps : Math.max(...(used ?? steps)),
        },
      ];
    });
    let reused = 0;
    for (const [i, a] of lives.entries()) {
      expect(a.start).toBeGreaterThanOrEqual(a.own ? scratch.at : 16);
      if (!a.own) expect(a.end).toBeLessThanOrEqual(scratch.at);
      for (const b of lives.slice(0, i)) {
        if (a.own !== b.own) continue;
        const apart = a.end <= b.start || b.end <= a.start;
        if (a.from <= b.to && b.from <= a.to) expect(apart).toBe(true);
        else if (!apart) reused++;
      }
    }
    expect(reused).toBeGreaterThan(0);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dependencies, gather, type Item } from "./order.ts";
import type { Touch } from "./touches.ts";

const cells = 6;
const touch = fc
  .record({
    from: fc.integer({ min: 0, max: cells - 1 }),
    size: fc.integer({ min: 1, max: 3 }),
    how: fc.constantFrom("read", "write", "add"),
  })
  .map(({ from, size, how }): Touch => ({ from, to: Math.min(cells, from + size), how }));
/** At most one place is added to, as in the kernels, and not read by the same call. */
const item = fc
  .record({ key: fc.constantFrom("a", "b", "c"), touches: fc.array(touch, { maxLength: 3 }) })
  .map(({ key, touches }): Item => {
    const target = touches.find(({ how }) => how !== "read");
    const reads = touches.filter(
      ({ how, from, to }) => how === "read" && !(target && from < target.to && target.from < to),
    );
    return { key, touches: target ? [...reads, target] : reads };
  });

/** What memory holds after items have run in an order: writes depend on what was read, sums on everything added. */
function run(items: readonly Item[], order: readonly number[]): number[] {
  const memory = Array.from({ length: cells }, (_, i) => i + 1);
  for (const i of order) {
    const { touches } = items[i] as Item;
    let value = i + 1;
    for (const { from, to, how } of touches)
      if (how === "read")
        for (let c = from; c < to; c++) value = (value * 31 + (memory[c] as number)) % 65521;
    for (const { from, to, how } of touches)
      for (let c = from; c < to; c++)
        if (how === "write") memory[c] = value;
        else if (how === "add") memory[c] = ((memory[c] as number) + value) % 65521;
  }
  return memory;
}

describe("gathering calls", () => {
  it("gives what running them one by one gives, in whatever order a group's chains run", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 25 }), (items) => {
        const groups = gather(items, dependencies(items));
        const inOrder = groups.flatMap(({ chains }) => chains.flat());
        const reversed = groups.flatMap(({ chains }) => [...chains].reverse().flat());
        expect([...inOrder].sort((a, b) => a - b)).toEqual(items.map((_, i) => i));
        const expected = run(
          items,
          items.map((_, i) => i),
        );
        expect(run(items, inOrder)).toEqual(expected);
        expect(run(items, reversed)).toEqual(expected);
        for (const { key, chains } of groups)
          for (const i of chains.flat()) expect(items[i]?.key).toBe(key);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps chains that are side by side apart in memory", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 25 }), (items) => {
        for (const { chains } of gather(items, dependencies(items)))
          chains.forEach((chain, c) => {
            for (const other of chains.slice(c + 1))
              for (const a of chain.flatMap((i) => (items[i] as Item).touches))
                for (const b of other.flatMap((i) => (items[i] as Item).touches)) {
                  const together = a.from < b.to && b.from < a.to;
                  expect(together && (a.how !== "read" || b.how !== "read")).toBe(false);
                }
          });
      }),
      { numRuns: 300 },
    );
  });

  it("lets what nobody waits for gather until the end", () => {
    const chain = (key: string, at: number): Item => ({
      key,
      touches: [
        { from: at, to: at + 1, how: "read" },
        { from: at + 1, to: at + 2, how: "write" },
      ],
    });
    const side = (at: number): Item => ({
      key: "side",
      touches: [
        { from: at, to: at + 1, how: "read" },
        { from: 10 + at, to: 11 + at, how: "write" },
      ],
    });
    const items = [chain("x", 0), side(1), chain("y", 1), side(2), chain("x", 2), side(3)];
    expect(gather(items, dependencies(items)).map(({ key }) => key)).toEqual([
      "x",
      "y",
      "x",
      "side",
    ]);
  });
});

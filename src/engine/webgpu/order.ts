/** @file Gathers kernel calls that may run side by side into as few dispatches as a pass allows. */
import type { Touch } from "./touches.ts";

/** A call of the kernel that runs as `key`. */
export interface Item {
  readonly key: string;
  readonly touches: readonly Touch[];
}
/** Calls of one key that run at once; those of a chain add to the same place and run one after another. */
export interface Group {
  readonly key: string;
  readonly chains: readonly (readonly number[])[];
}

/** What last happened to a piece of memory, and before that. */
interface Epoch {
  readonly how: Touch["how"];
  readonly items: number[];
  readonly before: readonly number[];
}

/** For every item, in the order given, the earlier items that it has to wait for. */
export function dependencies(items: readonly Item[]): number[][] {
  const cuts = new Set(
    items.flatMap(({ touches }) => touches.flatMap(({ from, to }) => [from, to])),
  );
  const starts = [...cuts].sort((a, b) => a - b);
  const indexOf = new Map(starts.map((at, i) => [at, i]));
  const epochs: (Epoch | undefined)[] = starts.map(() => undefined);
  return items.map(({ touches }, item) => {
    const found = new Set<number>();
    for (const { from, to, how } of touches)
      for (let i = indexOf.get(from) as number; starts[i] !== to; i++) {
        const last = epochs[i];
        const joins = last !== undefined && last.how === how && how !== "write";
        for (const other of joins ? last.before : (last?.items ?? [])) found.add(other);
        if (joins) last.items.push(item);
        else epochs[i] = { how, items: [item], before: last?.items ?? [] };
      }
    found.delete(item);
    return [...found];
  });
}

/**
 * Groups in a valid order: always the ready key with the longest way to the end before it, so that what nobody waits for
 * (the gradients of weights) gathers until the end.
 */
export function gather(items: readonly Item[], before: readonly (readonly number[])[]): Group[] {
  const after = items.map((): number[] => []);
  before.forEach((list, i) => {
    for (const b of list) after[b]?.push(i);
  });
  const height = new Int32Array(items.length);
  for (let i = items.length - 1; i >= 0; i--)
    for (const next of after[i] as number[])
      height[i] = Math.max(height[i] as number, (height[next] as number) + 1);
  const waits = before.map(({ length }) => length);
  const ready = new Map<string, number[]>();
  const release = (i: number): void => {
    const { key } = items[i] as Item;
    ready.set(key, [...(ready.get(key) ?? []), i]);
  };
  waits.forEach((count, i) => {
    if (count === 0) release(i);
  });
  const groups: Group[] = [];
  while (ready.size > 0) {
    let [key, top] = ["", -1];
    for (const [candidate, list] of ready) {
      const high = Math.max(...list.map((i) => height[i] as number));
      if (high > top) [key, top] = [candidate, high];
    }
    const { chains, left } = chain(items, ready.get(key) as number[]);
    ready.delete(key);
    groups.push({ key, chains });
    for (const i of left) release(i);
    for (const i of chains.flat())
      for (const next of after[i] as number[]) {
        waits[next] = (waits[next] as number) - 1;
        if (waits[next] === 0) release(next);
      }
  }
  return groups;
}

/** Chains items that add to the same place; those whose places overlap without being the same are left for later. */
function chain(
  items: readonly Item[],
  list: readonly number[],
): { chains: number[][]; left: number[] } {
  const chains: number[][] = [];
  const left: number[] = [];
  const known: { readonly target: Touch; readonly chain: number[] }[] = [];
  for (const i of list) {
    const target = (items[i] as Item).touches.find(({ how }) => how === "add");
    const met = target && known.find((k) => k.target.from < target.to && target.from < k.target.to);
    if (!target) chains.push([i]);
    else if (!met) {
      const made = [i];
      chains.push(made);
      known.push({ target, chain: made });
    } else if (met.target.from === target.from && met.target.to === target.to) met.chain.push(i);
    else left.push(i);
  }
  return { chains, left };
}

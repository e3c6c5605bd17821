/** @file Where a run's genotype changed: the events that time is measured by. */
import type { Genotype } from "../../protocol/spec.ts";

/** What would be derived from a number of steps on. */
export interface Change {
  readonly steps: number;
  readonly genotype: Genotype;
}

/** The genotype when `steps` steps were taken; undefined before the first is known. */
export function genotypeAt(changes: readonly Change[], steps: number): Genotype | undefined {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle] as Change).steps <= steps) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1]?.genotype;
}

/** Whether two genotypes choose the same ops on the same edges; their texts may say more, as the toy's does. */
function sameChoice(a: Genotype, b: Genotype): boolean {
  const names = Object.keys(a.groups);
  return (
    names.length === Object.keys(b.groups).length &&
    names.every((name) => {
      const [left, right] = [a.groups[name] ?? [], b.groups[name] ?? []];
      return (
        left.length === right.length &&
        left.every((edge, i) => {
          const other = right[i];
          return other?.from === edge.from && other.to === edge.to && other.op === edge.op;
        })
      );
    })
  );
}

/** What a genotype chooses as text: the same for the same ops on the same edges. */
const choiceText = ({ groups }: Genotype): string =>
  Object.keys(groups)
    .sort()
    .map((name) => `${name}: ${groups[name]?.map((e) => `${e.from}>${e.to} ${e.op}`).join(", ")}`)
    .join("; ");

/** Each choice that differs from the one before, as text, and after how many steps it was made; the first is at 0. */
export function decisionsOf(
  changes: readonly Change[],
): readonly { readonly steps: number; readonly choice: string }[] {
  const flips = new Set(flipsIn(changes));
  return changes.flatMap(({ steps, genotype }, i) =>
    i === 0 || flips.has(steps) ? [{ steps, choice: choiceText(genotype) }] : [],
  );
}

const known = new WeakMap<readonly Change[], readonly number[]>();

/** After how many steps another choice was made, ascending; the first choice is no change. */
export function flipsIn(changes: readonly Change[]): readonly number[] {
  const found =
    known.get(changes) ??
    changes.flatMap(({ steps, genotype }, i) => {
      const before = changes[i - 1];
      return before && !sameChoice(before.genotype, genotype) ? [steps] : [];
    });
  known.set(changes, found);
  return found;
}

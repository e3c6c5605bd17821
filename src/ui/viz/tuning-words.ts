/** @file What was set by hand while a run went, in words: all that was set at one step as one line. */
import type { Tuned } from "../../protocol/messages.ts";
import type { AlphaGroup, Steer } from "../../protocol/spec.ts";
import { opName, plainEdge } from "./cell-names.ts";

type Patch = Tuned["patch"];

/** So many hands on α are named in one line; the others are counted. */
const named = 2;

/** A line for each step at which something was set: of what was set there several times, as by a drag, the last holds. */
export function tuningLines(
  tunings: readonly Tuned[],
  groups: readonly AlphaGroup[],
): readonly { readonly steps: number; readonly text: string }[] {
  const bySteps = new Map<number, Patch>();
  for (const { steps, patch } of tunings) {
    const before = bySteps.get(steps) ?? {};
    bySteps.set(steps, {
      ...{ ...before, ...patch, hyper: { ...before.hyper, ...patch.hyper } },
      steer: [...(before.steer ?? []), ...(patch.steer ?? [])],
    });
  }
  return [...bySteps].map(([steps, patch]) => ({ steps, text: wordsFor(patch, groups) }));
}

function wordsFor(patch: Patch, groups: readonly AlphaGroup[]): string {
  const { hyper, weightOptimizer, alphaOptimizer, steer = [] } = patch;
  const hands = handsIn(steer).map((hand) => handWords(hand, groups));
  const parts = [
    ...Object.entries(hyper ?? {}).map(([name, value]) => `${name} = ${value}`),
    ...(weightOptimizer ? [`learning rate of w = ${weightOptimizer.lr}`] : []),
    ...(alphaOptimizer ? [`learning rate of α = ${alphaOptimizer.lr}`] : []),
    ...hands.slice(0, named),
    ...(hands.length > named ? [`${hands.length - named} more`] : []),
  ];
  return `set by hand: ${parts.join(", ")}`;
}

/** What became of each entry: its last value, and its last force. */
function handsIn(steer: readonly Steer[]): readonly Steer[] {
  const byEntry = new Map<string, Steer>();
  for (const hand of steer) {
    const key = `${hand.group} ${hand.edge} ${hand.op}`;
    byEntry.set(key, { ...byEntry.get(key), ...hand });
  }
  return [...byEntry.values()];
}

/** "α of skip on normal, edge c[k−2]→0 = 2, hold"; a channel's score, which has no edge, by its group alone. */
function handWords({ group: name, edge, op, set, force }: Steer, groups: readonly AlphaGroup[]) {
  const group = groups.find((g) => g.name === name);
  const ends = group?.kind === "choice" ? group.edges[edge] : undefined;
  const where = group && ends ? plainEdge(group, ends, groups.length > 1) : name;
  const value = set === undefined ? "" : ` = ${Number(set.toFixed(2))}`;
  const hand = force === undefined ? "" : `${value && ","} ${force === "none" ? "let go" : force}`;
  return `α of ${opName(group?.ops[op] ?? "")} on ${where}${value}${hand}`;
}

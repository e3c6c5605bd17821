/** @file Which hands lay on α at any moment of a run, from what it began with and what was done since. */
import type { AlphaEntry, Force } from "../../protocol/spec.ts";
import { alphaIn, rowAt } from "../viz/trace.ts";
import type { RunView } from "./store.ts";

/** The forces that were in effect when `steps` steps had been taken, as the engine lays them. */
export function forcesAt(
  { begun, tunings, trace, groups }: RunView,
  steps: number,
): readonly Force[] {
  const hands = new Map((begun?.forces ?? []).map((force) => [keyOf(force), force]));
  for (const { steps: when, patch } of tunings) {
    if (when > steps) break;
    for (const { group, edge, op, set, force } of patch.steer ?? []) {
      const entry = { group, edge, op };
      const before = hands.get(keyOf(entry));
      const kind = force ?? before?.kind ?? "none";
      if (kind === "none") {
        hands.delete(keyOf(entry));
        continue;
      }
      const columns = groups.find(({ name }) => name === group)?.ops.length ?? 0;
      const row = trace && alphaIn(trace, group, rowAt(trace, when));
      const value = set ?? before?.value ?? row?.[edge * columns + op] ?? 0;
      hands.set(keyOf(entry), { ...entry, kind, value });
    }
  }
  return [...hands.values()];
}

const keyOf = ({ group, edge, op }: AlphaEntry) => `${group} ${edge} ${op}`;

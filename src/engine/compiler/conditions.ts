/** @file When a call runs, packed: methods that draw a mask at every step ask it of every call at every step. */
import type { Selection } from "./select.ts";
import type { Tag } from "./workspace.ts";

/** Bits beside those of `graph.ts`: the call measures a norm; it runs whatever gradients are wanted. */
const MEASURES = 4;
const ALWAYS = 8;

/** A tag as words: bits, the entry or −1, a count of layers, they themselves, a count of those it leads to, and they. */
export const pack = ({ layers, entry, serves, leadsTo }: Tag, measures: boolean): number[] => [
  serves | (measures ? MEASURES : 0) | (serves || leadsTo.length > 0 ? 0 : ALWAYS),
  entry ?? -1,
  layers.length,
  ...layers,
  leadsTo.length,
  ...leadsTo,
];

/** Whether a call runs whose condition is the words from `at` on. */
export function holds(words: Int32Array, at: number, selection: Selection): boolean {
  const bits = words[at] as number;
  const entry = words[at + 1] as number;
  if (entry >= 0 && !selection.active[entry]) return false;
  if (bits & MEASURES && selection.given) return false;
  const layers = at + 3;
  const leads = layers + (words[at + 2] as number) + 1;
  if (!any(words, layers, leads - 1, selection.alive)) return false;
  if (bits & ALWAYS) return true;
  if (bits & selection.serves && (entry < 0 || selection.learning[entry])) return true;
  return any(words, leads, leads + (words[leads - 1] as number), selection.purposes);
}
function any(words: Int32Array, from: number, to: number, flags: Uint8Array): boolean {
  for (let i = from; i < to; i++) if (flags[words[i] as number]) return true;
  return false;
}

/** @file When a call runs, packed: methods that draw a mask at every step ask it of every call at every step. */
import type { Tag } from "./workspace.ts";

/** Bits beside those of `graph.ts`: the call measures a norm; it runs whatever gradients are wanted. */
const MEASURES = 4;
const ALWAYS = 8;

/** What switches calls on and off at a point. */
export interface Switches {
  /** Per entry of the flat mixture vector: whether it runs … */
  readonly active: Uint8Array;
  /** … and whether its gradient is wanted if the mixture's is. */
  readonly learning: Uint8Array;
  /** Bits of `graph.ts`. */
  readonly serves: number;
  /** Per layer: whether the output depends on it under this mask … */
  readonly alive: Uint8Array;
  /** … and whether its gradient leads to one that is wanted: bits of `graph.ts`. */
  readonly purposes: Uint8Array;
  /** Norms take mean and 1/σ as they stand in memory. */
  readonly given?: true;
}

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
export function holds(words: Int32Array, at: number, switches: Switches): boolean {
  const bits = words[at] as number;
  const entry = words[at + 1] as number;
  if (entry >= 0 && !switches.active[entry]) return false;
  if (bits & MEASURES && switches.given) return false;
  const layers = at + 3;
  const leads = layers + (words[at + 2] as number) + 1;
  if (!any(words, layers, leads - 1, switches.alive)) return false;
  if (bits & ALWAYS) return true;
  if (bits & switches.serves && (entry < 0 || switches.learning[entry])) return true;
  return any(words, leads, leads + (words[leads - 1] as number), switches.purposes);
}
function any(words: Int32Array, from: number, to: number, flags: Uint8Array): boolean {
  for (let i = from; i < to; i++) if (flags[words[i] as number]) return true;
  return false;
}

/** @file Questions about a network's graph: who reads what, what a mask leaves alive, whose gradient is of use. */
import type { Layer, MixtureEntry, Network, Value } from "../network/network.ts";

/** What a gradient is of use for, as a set of bits. */
export const WEIGHTS = 1;
export const MIXTURE = 2;

/** The values a layer reads, in order and with repetition. */
export function inputs(layer: Layer): readonly Value[] {
  switch (layer.kind) {
    case "input":
      return [];
    case "mix":
      return layer.terms.flatMap(({ value }) => (value === undefined ? [] : [value]));
    case "sum":
    case "concat":
      return layer.xs;
    default:
      return [layer.x];
  }
}

/** The layers of use that read each value, once for each time they read it. */
export function consumers(network: Network): readonly (readonly Value[])[] {
  const found: Value[][] = network.layers.map(() => []);
  const live = alive(linksOf(network));
  network.layers.forEach((layer, i) => {
    if (live[i]) for (const x of inputs(layer)) (found[x] as Value[]).push(i);
  });
  return found;
}

/** Who reads what, packed, as methods that draw masks ask at every step: layer i has the links `from[i]` … `from[i + 1]`. */
export interface Links {
  readonly output: Value;
  readonly from: Int32Array;
  /** Per link, the value that is read, … */
  readonly values: Int32Array;
  /** … and the entry of the flat mixture vector that it hangs on, or −1. */
  readonly entries: Int32Array;
  /** Per layer, what its own gradient is of use for. */
  readonly own: Uint8Array;
}
const own = (layer: Layer): number =>
  "weight" in layer || (layer.kind === "norm" && layer.affine)
    ? WEIGHTS
    : layer.kind === "norm" && layer.gate !== undefined
      ? MIXTURE
      : 0;

/** The links of a network; without a place for its mixture's entries, only for questions without a mask. */
export function linksOf(
  { layers, output }: Network,
  placeOf: (entry: MixtureEntry) => number = () => 0,
): Links {
  const from: number[] = [0];
  const [values, entries]: [number[], number[]] = [[], []];
  for (const layer of layers) {
    values.push(...inputs(layer));
    if (layer.kind === "mix")
      for (const term of layer.terms) {
        if (term.value !== undefined) entries.push(placeOf(term));
      }
    while (entries.length < values.length) entries.push(-1);
    from.push(values.length);
  }
  return {
    output,
    from: Int32Array.from(from),
    values: Int32Array.from(values),
    entries: Int32Array.from(entries),
    own: Uint8Array.from(layers, own),
  };
}
const isOn = (flags: Uint8Array | undefined, entry: number): boolean =>
  entry < 0 || !flags || flags[entry] === 1;

/** Which layers the output depends on, given flags of the mixture entries that count; by default all. */
export function alive({ output, from, values, entries }: Links, active?: Uint8Array): Uint8Array {
  const live = new Uint8Array(from.length - 1);
  live[output] = 1;
  for (let i = output; i >= 0; i--) {
    if (!live[i]) continue;
    const end = from[i + 1] as number;
    for (let link = from[i] as number; link < end; link++)
      if (isOn(active, entries[link] as number)) live[values[link] as number] = 1;
  }
  return live;
}

/**
 * For each value, what its gradient leads to: weights or mixture entries at or above it, by way of the entries that count,
 * of which some learn; by default all.
 */
export function purposes(
  { from, values, entries, own }: Links,
  active?: Uint8Array,
  learning?: Uint8Array,
): Uint8Array {
  const bits = own.slice();
  for (let i = 0; i < bits.length; i++) {
    const end = from[i + 1] as number;
    for (let link = from[i] as number; link < end; link++) {
      const entry = entries[link] as number;
      if (!isOn(active, entry)) continue;
      const mixes = entry >= 0 && isOn(learning, entry) ? MIXTURE : 0;
      bits[i] = (bits[i] as number) | (bits[values[link] as number] as number) | mixes;
    }
  }
  return bits;
}

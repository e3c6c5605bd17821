/** @file Questions about a network's graph: who reads what, what a mask leaves alive, whose gradient is of use. */
import type { Layer, MixTerm, Network, Value } from "../network/network.ts";

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
  const live = alive(network, () => true);
  network.layers.forEach((layer, i) => {
    if (live[i]) for (const x of inputs(layer)) (found[x] as Value[]).push(i);
  });
  return found;
}

/** Which layers the output depends on, given the mixture terms that count. */
export function alive(network: Network, counts: (term: MixTerm) => boolean): Uint8Array {
  const live = new Uint8Array(network.layers.length);
  live[network.output] = 1;
  for (let i = network.output; i >= 0; i--) {
    if (!live[i]) continue;
    const layer = network.layers[i] as Layer;
    if (layer.kind === "mix") {
      for (const term of layer.terms)
        if (term.value !== undefined && counts(term)) live[term.value] = 1;
    } else for (const x of inputs(layer)) live[x] = 1;
  }
  return live;
}

const own = (layer: Layer): number =>
  "weight" in layer || (layer.kind === "norm" && layer.affine)
    ? WEIGHTS
    : layer.kind === "mix" || (layer.kind === "norm" && layer.gate !== undefined)
      ? MIXTURE
      : 0;
/** For each value, what its gradient leads to: weights or mixture entries at or above it. */
export function purposes(network: Network): Uint8Array {
  const bits = new Uint8Array(network.layers.length);
  network.layers.forEach((layer, i) => {
    bits[i] = inputs(layer).reduce((b, x) => b | (bits[x] as number), own(layer));
  });
  return bits;
}

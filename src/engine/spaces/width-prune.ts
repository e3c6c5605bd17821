/** @file Pruning for real: which channels go, and the weights that the smaller network takes over. */
import { fittingChannels, type KeptChannels, keptChannels } from "../../genotype/widths.ts";
import type { PruneBy } from "../../protocol/spec.ts";
import type { Filters } from "../core/params.ts";
import { type Network, sizeOf, type WeightSlot } from "../network/network.ts";
import type { WidthNetwork } from "./width-net.ts";

type Scores = readonly ArrayLike<number>[];
const all = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const widthsOf = (kept: KeptChannels): readonly number[] => kept.map(({ length }) => length);

/**
 * Which channels stay. By α: those above the quantile, or the largest that fit the number of parameters where one is given.
 * By magnitude: likewise with each channel's mean |w| in the filters that make it, over their mean in its layer, times |α|.
 * Uniform: the same share of every layer, its first channels.
 */
export function chooseChannels(
  full: WidthNetwork,
  scores: Scores,
  weights: Float32Array,
  { criterion, quantile, parameters }: PruneBy & { readonly quantile: number },
  parametersAt: (widths: readonly number[]) => number,
): KeptChannels {
  const budget = parameters ?? parametersAt(widthsOf(keptChannels(scores, quantile)));
  const fits = (widths: readonly number[]) => parametersAt(widths) <= budget;
  switch (criterion) {
    case "alpha":
      return parameters === undefined
        ? keptChannels(scores, quantile)
        : fittingChannels(scores, fits);
    case "magnitude":
      return fittingChannels(magnitudes(full, scores, weights), fits);
    case "uniform":
      return uniform(scores, fits);
    default:
      return criterion satisfies never;
  }
}

/** The largest share of every layer, in steps of 1/256, that fits; one channel at least. */
function uniform(scores: Scores, fits: (widths: readonly number[]) => boolean): KeptChannels {
  const at = (share: number) =>
    scores.map(({ length }) => Math.max(1, Math.floor((share * length) / 256)));
  let share = 256;
  while (share > 0 && !fits(at(share))) share--;
  return at(share).map(all);
}

function magnitudes(
  { network, wires }: WidthNetwork,
  scores: Scores,
  weights: Float32Array,
): readonly Float64Array[] {
  const slots = slotsOf(network);
  const sums = scores.map(({ length }) => new Float64Array(length));
  for (const { weight, out } of wires) {
    const slot = slots.get(weight) as WeightSlot;
    if (out === undefined) continue;
    const of = sums[out] as Float64Array;
    const row = sizeOf(slot.shape) / of.length;
    of.forEach((_, c) => {
      let sum = 0;
      for (let i = 0; i < row; i++)
        sum += Math.abs(weights[slot.offset + c * row + i] as number) / row;
      of[c] = (of[c] as number) + sum;
    });
  }
  return sums.map((layer, l) => {
    const mean = layer.reduce((a, b) => a + b, 0) / layer.length;
    return layer.map((size, c) => (size / mean) * Math.abs(scores[l]?.[c] as number));
  });
}

/**
 * The kept rows and columns of every weight, under the same name; scales are the kept channels' scores, so that the smaller
 * network computes what the supernet does with the other channels' scores at 0. Shifts start at 0.
 */
export function inherit(
  full: WidthNetwork,
  small: WidthNetwork,
  kept: KeptChannels,
  scores: Scores,
  weights: Float32Array,
): Float32Array {
  const [from, wires] = [slotsOf(full.network), new Map(small.wires.map((w) => [w.weight, w]))];
  const scales = new Map(small.scales.map(({ gamma, layer }) => [gamma, layer]));
  const flat = new Float32Array(small.network.weightCount);
  for (const { name, offset, shape } of small.network.weights) {
    const scale = scales.get(name);
    const source = from.get(name);
    if (scale !== undefined)
      flat.set(
        (kept[scale] ?? []).map((c) => scores[scale]?.[c] as number),
        offset,
      );
    else if (source) {
      const { out, in: into } = wires.get(name) ?? {};
      const rows = (out === undefined ? undefined : kept[out]) ?? all(shape[0] as number);
      const columns = (into === undefined ? undefined : kept[into]) ?? all(shape[1] ?? 1);
      const [wide, taps] = [source.shape[1] ?? 1, sizeOf(shape.slice(2))];
      rows.forEach((row, r) => {
        columns.forEach((column, c) => {
          const at = source.offset + (row * wide + column) * taps;
          flat.set(weights.subarray(at, at + taps), offset + (r * columns.length + c) * taps);
        });
      });
    }
  }
  return flat;
}

/** By group, the convolutions that make its channels: those whose first axis runs over the layer's. */
export function filtersOf(
  { network, wires }: WidthNetwork,
  groups: readonly { readonly name: string }[],
): Filters {
  const slots = slotsOf(network);
  const blocks = (layer: number) =>
    wires
      .filter(({ out }) => out === layer)
      .map(({ weight }) => {
        const { offset, shape } = slots.get(weight) as WeightSlot;
        return { offset, size: sizeOf(shape.slice(1)) };
      });
  return Object.fromEntries(groups.map(({ name }, layer) => [name, blocks(layer)]));
}

const slotsOf = ({ weights }: Network): ReadonlyMap<string, WeightSlot> =>
  new Map(weights.map((slot) => [slot.name, slot]));

/** @file Which channels stay when scored channels are pruned: |α| against a quantile over the whole network. */
import type { AlphaGroup, GenotypeEdge } from "../protocol/spec.ts";

/** The one candidate of a group whose every edge is a channel with a score. */
export const channelOp = "channel";
/** Whether the group's numbers are scores of one layer's channels. */
export const scoresChannels = ({ kind, ops }: AlphaGroup): boolean =>
  kind === "gate" && ops.length === 1 && ops[0] === channelOp;

/** Per layer, the channels that stay, in order. */
export type KeptChannels = readonly (readonly number[])[];

/**
 * Below this size a score is pruned: the ⌊quantile · n⌋-th smallest of all n sizes, counted from 0. `scores` is one list
 * a layer; `quantile` is in [0, 1).
 */
export function pruningThreshold(scores: readonly ArrayLike<number>[], quantile: number): number {
  const sizes = scores.flatMap((layer) => Array.from(layer, Math.abs)).sort((a, b) => a - b);
  return quantile > 0 ? (sizes[Math.floor(quantile * sizes.length)] ?? 0) : 0;
}

/**
 * Channels whose score is at least the threshold. A layer keeps its largest at least; scores of exactly 0 go, too, since
 * such a channel says nothing; quantile 0 keeps all.
 */
export function keptChannels(scores: readonly ArrayLike<number>[], quantile: number): KeptChannels {
  const threshold = pruningThreshold(scores, quantile);
  return scores.map((layer) => {
    const sizes = Array.from(layer, Math.abs);
    const strongest = sizes.indexOf(Math.max(...sizes));
    const stays = (size: number, c: number) =>
      quantile === 0 || c === strongest || (size >= threshold && size > 0);
    return sizes.flatMap((size, c) => (stays(size, c) ? [c] : []));
  });
}

/** As many channels of the largest scores as `fits` allows; a layer keeps one at least, whether that fits or not. */
export function fittingChannels(
  scores: readonly ArrayLike<number>[],
  fits: (widths: readonly number[]) => boolean,
): KeptChannels {
  const kept = scores.map((layer) => new Set(Array.from(layer, (_, c) => c)));
  const weakestFirst = scores
    .flatMap((layer, l) => Array.from(layer, (score, c) => ({ l, c, size: Math.abs(score) })))
    .sort((a, b) => a.size - b.size);
  for (const { l, c } of weakestFirst) {
    if (fits(kept.map(({ size }) => size))) break;
    const layer = kept[l] as Set<number>;
    if (layer.size > 1) layer.delete(c);
  }
  return kept.map((layer) => [...layer]);
}

/** Layer i as the edge from i to i + 1, its op the number of its channels: what a size string holds. */
export const sizeEdges = (widths: readonly number[]): readonly GenotypeEdge[] =>
  widths.map((width, i) => ({ from: i, to: i + 1, op: String(width) }));

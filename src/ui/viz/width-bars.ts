/** @file Channel scores as bars: how tall each is, which stay, and where the line between them is. */
import { keptChannels, pruningThreshold } from "../../genotype/widths.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";

export interface LayerBars {
  /** Share of the tallest bar of all layers, 0 … 1, a channel each. */
  readonly heights: readonly number[];
  readonly isKept: readonly boolean[];
  readonly kept: number;
}
export interface WidthBars {
  readonly layers: readonly LayerBars[];
  /** |α| below which channels go, and the same as a share of the tallest bar. */
  readonly threshold: number;
  readonly line: number;
  /** |α| of the tallest bar. */
  readonly top: number;
  /** Channels of each layer that stay: `8:16:12`. */
  readonly sizes: string;
}

/** Undefined until there is α for every group. `quantile` is the share to prune, in [0, 1). */
export function widthBars(
  groups: readonly AlphaGroup[],
  alpha: Readonly<Record<string, Float32Array>> | undefined,
  quantile: number,
): WidthBars | undefined {
  const scores = groups.map(({ name }) => alpha?.[name]);
  if (!scores.every((layer, i) => layer?.length === groups[i]?.edges.length)) return undefined;
  const known = scores as readonly Float32Array[];
  const top = Math.max(...known.flatMap((layer) => Array.from(layer, Math.abs)));
  const kept = keptChannels(known, quantile);
  const threshold = pruningThreshold(known, quantile);
  const share = (size: number) => (top > 0 ? size / top : 0);
  return {
    layers: known.map((layer, l) => {
      const stays = new Set(kept[l]);
      return {
        heights: Array.from(layer, (score) => share(Math.abs(score))),
        isKept: Array.from(layer, (_, c) => stays.has(c)),
        kept: stays.size,
      };
    }),
    threshold,
    line: share(threshold),
    top,
    sizes: kept.map(({ length }) => length).join(":"),
  };
}

/** @file Writes an untouched twin into an SVG layer: beside each rope that differs from it, a thin rope of its shares. */
import { at } from "../viz/at.ts";
import { opColor } from "../viz/color.ts";
import { strandBounds, strandPath } from "../viz/rope.ts";
import css from "./CellGraph.module.css";
import type { RopeScene } from "./rope-painter.ts";

/** Where it lies across its rope, whose own width is from 0 to 1. */
const [from, to] = [1.14, 1.44];
/** Ropes that differ by less, in any share, have no ghost: there would be nothing to see. */
const leastDifference = 0.005;

/** Weights are (edges, ops); undefined draws nothing. The layer is emptied by whoever made it. */
export function createGhostPainter(layer: SVGGElement, { ropes, styles }: RopeScene) {
  const made = ropes.map((rope) => {
    const root = add(layer, "g");
    root.setAttribute("class", css["ghost"] ?? "");
    root.setAttribute("aria-hidden", "true");
    add(root, "path").setAttribute("d", strandPath(rope, from, to));
    const strands = styles.map((style) => {
      const strand = add(root, "path");
      strand.style.fill = opColor(style);
      return strand;
    });
    return { rope, root, strands };
  });
  return (mine: Float64Array | undefined, twin: Float64Array | undefined): void => {
    for (const [e, { rope, root, strands }] of made.entries()) {
      const shares = twin?.subarray(e * styles.length, (e + 1) * styles.length);
      const differs = shares?.some(
        (share, k) => Math.abs(share - (mine?.[e * styles.length + k] ?? share)) > leastDifference,
      );
      root.style.display = differs ? "" : "none";
      if (!differs || !shares) continue;
      const bounds = strandBounds(shares).map((b) => from + (to - from) * b);
      for (const [k, strand] of strands.entries())
        strand.setAttribute("d", strandPath(rope, at(bounds, k), at(bounds, k + 1)));
    }
  };
}

function add<K extends "g" | "path">(parent: SVGElement, name: K): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  parent.append(element);
  return element;
}

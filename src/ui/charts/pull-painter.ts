/** @file Writes the pulls of a step into an SVG layer: an arrow a term on each rope, with the sign of what gains. */
import { at } from "../viz/at.ts";
import type { Point } from "../viz/cell-layout.ts";
import { type PullArrow, pullArrows } from "../viz/pull-arrows.ts";
import type { Pull } from "../viz/pulls.ts";
import { badgeSize } from "./badge-places.ts";
import css from "./CellGraph.module.css";
import { draftBadge, type RopeScene } from "./rope-painter.ts";

/** Of the arrow's head, in px. */
const [headLength, headHalf] = [8, 5];
/** So far above the stage there is nothing, in px. */
const room = 14;
/** Arrows shorter than this share of the longest have no sign. */
const signFrom = 0.02;

/** Draws pulls, largest first, in place of those before; none empties the layer, which is spoken by the edges over it. */
export function createPullPainter(layer: SVGGElement, { ropes, nodes, styles, frame }: RopeScene) {
  layer.setAttribute("aria-hidden", "true");
  let drawn: readonly Pull[] = [];
  return {
    paint(pulls: readonly Pull[]): void {
      if (pulls === drawn) return;
      drawn = pulls;
      const arrows = pulls.length > 0 ? pullArrows(pulls, ropes, nodes, frame) : [];
      const most = pulls[0]?.share ?? 0;
      const taken: Point[] = nodes.slice();
      layer.replaceChildren(
        ...arrows.map((arrow) => {
          // Beyond the stage a sign would lie on what is there.
          const isInside = arrow.sign.y > -room && arrow.sign.y < frame.height;
          const isFree = taken.every(
            (p, i) =>
              Math.hypot(p.x - arrow.sign.x, p.y - arrow.sign.y) >
                (i < nodes.length ? frame.nodeRadius + 10 : 0) &&
              (Math.abs(p.x - arrow.sign.x) > badgeSize.width ||
                Math.abs(p.y - arrow.sign.y) > badgeSize.height),
          );
          const isSigned = isInside && isFree && arrow.pull.share > signFrom * most;
          if (isSigned) taken.push(arrow.sign);
          return draftArrow(arrow, isSigned ? at(styles, arrow.pull.gains) : undefined);
        }),
      );
    },
    /** Dims the arrows of every edge but this one; `undefined` dims none. */
    highlight(edge: number | undefined): void {
      for (const mark of layer.children)
        mark.toggleAttribute(
          "data-dim",
          edge !== undefined && mark.getAttribute("data-edge") !== `${edge}`,
        );
    },
  };
}

function draftArrow(
  { pull, tail, tip, sign }: PullArrow,
  style: RopeScene["styles"][number] | undefined,
): SVGGElement {
  const root = make("g");
  root.setAttribute("class", css["pull"] ?? "");
  root.setAttribute("data-edge", `${pull.edge}`);
  root.setAttribute("data-term", `${pull.term}`);
  const length = Math.hypot(tip.x - tail.x, tip.y - tail.y);
  const [ux, uy] = [(tip.x - tail.x) / length, (tip.y - tail.y) / length];
  const head = Math.min(headLength, length);
  const neck = { x: tip.x - ux * head, y: tip.y - uy * head };
  const half = (headHalf * head) / headLength;
  const line = `M${place(tail)}L${place(neck)}`;
  const shape = `M${place(tip)}L${place({ x: neck.x - uy * half, y: neck.y + ux * half })}L${place({ x: neck.x + uy * half, y: neck.y - ux * half })}Z`;
  for (const [name, d] of [
    ["halo", line],
    ["halo", shape],
    ["shaft", line],
    ["head", shape],
  ] as const) {
    const path = make("path");
    path.setAttribute("data-part", name);
    path.setAttribute("d", d);
    root.append(path);
  }
  if (style) {
    const badge = draftBadge(root, style);
    badge.style.display = "";
    badge.setAttribute("transform", `translate(${place(sign)})`);
  }
  return root;
}

const place = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;
const make = <K extends "g" | "path">(name: K): SVGElementTagNameMap[K] =>
  document.createElementNS("http://www.w3.org/2000/svg", name);

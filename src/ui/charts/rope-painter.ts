/** @file Writes ropes into an SVG layer: strands, outlines, arrowheads and badges, and of these only what changed. */
import { at } from "../viz/at.ts";
import type { Frame, Point } from "../viz/cell-layout.ts";
import { type OpStyle, opColor, opInk } from "../viz/color.ts";
import {
  arrowPath,
  halfGap,
  pointOn,
  type Rope,
  ropePath,
  strandBounds,
  strandPath,
} from "../viz/rope.ts";
import css from "./CellGraph.module.css";

/** What a painter draws on, in the order of the group's edges and ops. */
export interface RopeScene {
  readonly frame: Frame;
  readonly ropes: readonly Rope[];
  readonly nodes: readonly Point[];
  readonly styles: readonly OpStyle[];
}
export interface RopePainter {
  /** `weights` are (edges, ops); absent before the first α. `kept` has a flag per edge; absent before a genotype. */
  paint(weights: Float64Array | undefined, kept: readonly boolean[] | undefined): void;
  /** Dims every edge but this one; `undefined` dims none. */
  highlight(edge: number | undefined): void;
}

const badgeSize = { width: 22, height: 16 };
/** A strand must be wider than this, in px, to carry its badge. */
const badgeFrom = 6;

interface PaintedRope {
  readonly root: SVGGElement;
  readonly strands: readonly SVGPathElement[];
  readonly badges: readonly SVGGElement[];
  /** Strand bounds as drawn, in half px. */
  readonly drawn: Float64Array;
}

/** Takes over an empty layer of an SVG; whoever made the layer empties it again. */
export function createRopePainter(layer: SVGGElement, scene: RopeScene): RopePainter {
  const ropeLayer = add(layer, "g");
  const badgeLayer = add(layer, "g");
  // What is drawn here is spoken by the edges that lie over it.
  for (const drawn of [ropeLayer, badgeLayer]) drawn.setAttribute("aria-hidden", "true");
  const painted = scene.ropes.map((rope) => draftRope(ropeLayer, badgeLayer, rope, scene));
  let keptKey = "";
  return {
    paint(weights, kept) {
      const key = kept?.join() ?? "";
      const changed = painted.filter((rope, e) => paintStrands(rope, e, weights, scene));
      if (key !== keptKey) {
        keptKey = key;
        showKept(ropeLayer, painted, kept);
      } else if (changed.length === 0) return;
      placeBadges(painted, kept, scene);
    },
    highlight(edge) {
      for (const [e, { root, badges }] of painted.entries()) {
        root.toggleAttribute("data-active", e === edge);
        for (const mark of [root, ...badges])
          mark.toggleAttribute("data-dim", edge !== undefined && e !== edge);
      }
    },
  };
}

function draftRope(
  ropes: SVGGElement,
  badges: SVGGElement,
  rope: Rope,
  scene: RopeScene,
): PaintedRope {
  const root = add(ropes, "g", css["rope"]);
  const contour = ropePath(rope);
  add(root, "path", css["bed"]).setAttribute("d", contour);
  const strands = scene.styles.map((style) => {
    const strand = add(root, "path");
    strand.style.fill = opColor(style);
    return strand;
  });
  add(root, "path", css["outline"]).setAttribute("d", contour);
  add(root, "path", css["arrow"]).setAttribute("d", arrowPath(rope, 0.6 * scene.frame.nodeRadius));
  return {
    root,
    strands,
    badges: scene.styles.map((style) => draftBadge(badges, style)),
    drawn: new Float64Array(scene.styles.length + 1).fill(Number.NaN),
  };
}

function draftBadge(layer: SVGGElement, style: OpStyle): SVGGElement {
  const badge = add(layer, "g", css["badge"]);
  badge.style.display = "none";
  const { width, height } = badgeSize;
  const plate = add(badge, "rect");
  for (const [name, value] of Object.entries({
    x: -width / 2,
    y: -height / 2,
    width,
    height,
    rx: 3,
  }))
    plate.setAttribute(name, `${value}`);
  plate.style.fill = opColor(style);
  const text = add(badge, "text");
  text.setAttribute("y", "4.3");
  text.style.fill = opInk(style);
  text.textContent = style.badge;
  return badge;
}

/** Redraws the strands of edge `e` that moved by half a px or more; true if any did. */
function paintStrands(
  painted: PaintedRope,
  e: number,
  weights: Float64Array | undefined,
  scene: RopeScene,
): boolean {
  const { strands, drawn } = painted;
  const row =
    weights?.subarray(e * strands.length, (e + 1) * strands.length) ?? strands.map(() => 0);
  const width = scene.frame.rope;
  const bounds = strandBounds(row).map((b) => Math.round(2 * width * b));
  let changed = false;
  for (const [k, strand] of strands.entries()) {
    const [from, to] = [at(bounds, k), at(bounds, k + 1)];
    if (from === drawn[k] && to === drawn[k + 1]) continue;
    changed = true;
    const gap = halfGap((to - from) / 2);
    const [start, end] = [
      from / 2 + (k > 0 ? gap : 0),
      to / 2 - (k < strands.length - 1 ? gap : 0),
    ];
    strand.setAttribute("d", strandPath(at(scene.ropes, e), start / width, end / width));
  }
  drawn.set(bounds);
  return changed;
}

/** Outlines kept edges and moves them in front of the others. */
function showKept(
  layer: SVGGElement,
  painted: readonly PaintedRope[],
  kept: readonly boolean[] | undefined,
) {
  for (const [e, { root }] of painted.entries()) {
    root.toggleAttribute("data-kept", kept?.[e] === true);
    root.toggleAttribute("data-faded", kept?.[e] === false);
  }
  const rank = (root: SVGGElement) => (root.hasAttribute("data-kept") ? 1 : 0);
  layer.append(...painted.map((p) => p.root).sort((a, b) => rank(a) - rank(b)));
}

/** Badges of the widest strands first; one that would cover another, or a node, or lies on a faded edge is left out. */
function placeBadges(
  painted: readonly PaintedRope[],
  kept: readonly boolean[] | undefined,
  scene: RopeScene,
) {
  const wanted = painted.flatMap(({ badges, drawn }, e) =>
    badges.map((badge, k) => {
      const [from, to] = [at(drawn, k) / 2, at(drawn, k + 1) / 2];
      const along = 0.26 + (0.4 * k) / Math.max(1, badges.length - 1);
      const place = pointOn(at(scene.ropes, e), along, (from + to) / 2 / scene.frame.rope);
      return { badge, place, width: kept?.[e] === false ? 0 : to - from };
    }),
  );
  const placed: Point[] = [];
  for (const { badge, place, width } of wanted.sort((a, b) => b.width - a.width)) {
    const fits =
      width > badgeFrom &&
      placed.every(
        (p) =>
          Math.abs(p.x - place.x) > badgeSize.width || Math.abs(p.y - place.y) > badgeSize.height,
      ) &&
      scene.nodes.every(
        (n) => Math.hypot(n.x - place.x, n.y - place.y) > scene.frame.nodeRadius + 12,
      );
    badge.style.display = fits ? "" : "none";
    if (!fits) continue;
    placed.push(place);
    badge.setAttribute("transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
  }
}

function add<K extends "g" | "path" | "rect" | "text">(
  parent: SVGElement,
  name: K,
  className?: string,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  if (className) element.setAttribute("class", className);
  parent.append(element);
  return element;
}

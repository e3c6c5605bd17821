/** @file Writes ropes into an SVG layer: strands, outlines, arrowheads and badges, and of these only what changed. */
import type { Force } from "../../protocol/spec.ts";
import { at } from "../viz/at.ts";
import type { Frame, Point } from "../viz/cell-layout.ts";
import { type OpStyle, opColor, opInk } from "../viz/color.ts";
import { type Detail, widest } from "../viz/detail.ts";
import { forceGlyphs, forcePlace } from "../viz/force-marks.ts";
import {
  arrowPath,
  halfGap,
  pointOn,
  type Rope,
  ropePath,
  strandBounds,
  strandPath,
} from "../viz/rope.ts";
import { alongFor, type BadgePlaces, badgePlaces, badgeSize } from "./badge-places.ts";
import css from "./CellGraph.module.css";

/** What a painter draws on, in the order of the group's edges and ops. */
export interface RopeScene {
  readonly frame: Frame;
  readonly ropes: readonly Rope[];
  readonly nodes: readonly Point[];
  readonly styles: readonly OpStyle[];
}
/** What is to be seen at a moment. */
export interface RopeView {
  /** (edges, ops); absent before the first α. */
  readonly weights: Float64Array | undefined;
  /** Of each edge the op that is kept, undefined where none is; absent before a genotype. */
  readonly kept: readonly (string | undefined)[] | undefined;
  /** Hands on α of this group. */
  readonly forces: readonly Force[];
  readonly detail: Detail;
  /** Shares of `none` are told, and of the badges only those of what is kept. */
  readonly isXray: boolean;
}
export interface RopePainter {
  paint(view: RopeView): void;
  /** Dims every edge but this one; `undefined` dims none. */
  highlight(edge: number | undefined): void;
}

/** A strand must be wider than this, in px, to carry its badge. */
const badgeFrom = 6;
/** `none` is told in numbers from this share on. */
const holeFrom = 0.05;

interface PaintedRope {
  readonly root: SVGGElement;
  readonly strands: readonly SVGPathElement[];
  readonly badges: readonly SVGGElement[];
  /** What is not told apart at a lower level of detail. */
  readonly rest: SVGPathElement;
  /** The share of `none`, for X-rays. */
  readonly hole: SVGTextElement;
  /** Strand bounds as drawn, in half px. */
  readonly drawn: Float64Array;
}

/** Takes over an empty layer of an SVG; whoever made the layer empties it again. */
export function createRopePainter(layer: SVGGElement, scene: RopeScene): RopePainter {
  const ropeLayer = add(layer, "g");
  const badgeLayer = add(layer, "g");
  // What is drawn here is spoken by the edges that lie over it.
  const forceLayer = add(layer, "g");
  for (const drawn of [ropeLayer, badgeLayer, forceLayer])
    drawn.setAttribute("aria-hidden", "true");
  const spots = badgePlaces(scene.ropes, scene.frame, scene.styles.length);
  const painted = scene.ropes.map((rope) => draftRope(ropeLayer, badgeLayer, rope, scene));
  let keptKey = "";
  let forceKey = "";
  return {
    paint(view) {
      const { weights, kept, forces, detail, isXray } = view;
      const changed = painted.filter((rope, e) => paintStrands(rope, e, weights, detail, scene));
      const hands = forces.map(({ edge, op, kind }) => `${edge} ${op} ${kind}`).join();
      const isMarked = hands !== forceKey;
      if (isMarked) {
        forceKey = hands;
        forceLayer.replaceChildren(...forces.map((force) => draftForce(force, forces, scene)));
      }
      const key = `${isXray} ${kept?.join() ?? ""}`;
      if (key !== keptKey) {
        keptKey = key;
        showKept(ropeLayer, painted, kept);
      } else if (changed.length === 0 && !isMarked) return;
      placeBadges(painted, spots, view, scene);
    },
    highlight(edge) {
      for (const mark of forceLayer.children)
        mark.toggleAttribute(
          "data-dim",
          edge !== undefined && mark.getAttribute("data-edge") !== `${edge}`,
        );
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
    const strand = add(root, "path", css["strand"]);
    strand.style.setProperty("--op", opColor(style));
    strand.toggleAttribute("data-none", style.op === "none");
    return strand;
  });
  const rest = add(root, "path", css["rest"]);
  add(root, "path", css["outline"]).setAttribute("d", contour);
  add(root, "path", css["arrow"]).setAttribute("d", arrowPath(rope, 0.6 * scene.frame.nodeRadius));
  const hole = add(root, "text", css["hole"]);
  const middle = pointOn(rope, 0.5, 0.5);
  hole.setAttribute("x", middle.x.toFixed(1));
  hole.setAttribute("y", (middle.y + 4).toFixed(1));
  return {
    root,
    strands,
    rest,
    hole,
    badges: scene.styles.map((style) => draftBadge(badges, style)),
    drawn: new Float64Array(scene.styles.length + 2).fill(Number.NaN),
  };
}

/** The op's badge with the sign of the hand on it. */
function draftForce(force: Force, all: readonly Force[], scene: RopeScene): SVGGElement {
  const { edge, op, kind } = force;
  const { x, y } = forcePlace(force, all, scene.ropes);
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "g");
  mark.setAttribute("class", css["force"] ?? "");
  mark.setAttribute("data-edge", `${edge}`);
  mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  const frame = add(mark, "rect");
  const { width, height } = badgeSize;
  const box = {
    x: -width / 2 - 2,
    y: -height / 2 - 2,
    width: width + 20,
    height: height + 4,
    rx: 5,
  };
  for (const [name, value] of Object.entries(box)) frame.setAttribute(name, `${value}`);
  draftBadge(mark, at(scene.styles, op)).style.display = "";
  const sign = add(mark, "path");
  sign.setAttribute("d", forceGlyphs[kind]);
  sign.setAttribute("transform", `translate(${width / 2 + 8} 0)`);
  return mark;
}

/** An op's two letters on its colour, around (0, 0), hidden at first. */
export function draftBadge(layer: SVGGElement, style: OpStyle): SVGGElement {
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
  detail: Detail,
  scene: RopeScene,
): boolean {
  const { strands, drawn } = painted;
  const whole =
    weights?.subarray(e * strands.length, (e + 1) * strands.length) ??
    new Float64Array(strands.length);
  const row = widest(whole, detail);
  const told = row.reduce((sum, share) => sum + share, 0);
  const rest = whole.reduce((sum, share) => sum + share, 0) - told;
  const width = scene.frame.rope;
  const bounds = strandBounds([...row, rest]).map((b) => Math.round(2 * width * b));
  let changed = false;
  const pieces = [...strands, painted.rest];
  for (const [k, strand] of pieces.entries()) {
    const [from, to] = [at(bounds, k), at(bounds, k + 1)];
    if (from === drawn[k] && to === drawn[k + 1]) continue;
    changed = true;
    const gap = halfGap((to - from) / 2);
    const [start, end] = [from / 2 + (k > 0 ? gap : 0), to / 2 - (to < 2 * width ? gap : 0)];
    strand.setAttribute("d", strandPath(at(scene.ropes, e), start / width, end / width));
  }
  drawn.set(bounds);
  const none = scene.styles.findIndex(({ op }) => op === "none");
  const share = none < 0 ? 0 : at(whole, none);
  const text = share < holeFrom ? "" : `${Math.round(100 * share)} %`;
  if (painted.hole.textContent !== text) painted.hole.textContent = text;
  return changed;
}

/** Outlines kept edges and moves them in front of the others. */
function showKept(layer: SVGGElement, painted: readonly PaintedRope[], kept: RopeView["kept"]) {
  for (const [e, { root }] of painted.entries()) {
    root.toggleAttribute("data-kept", kept?.[e] !== undefined);
    root.toggleAttribute("data-faded", kept !== undefined && kept[e] === undefined);
  }
  const rank = (root: SVGGElement) => (root.hasAttribute("data-kept") ? 1 : 0);
  const order = painted.map((p) => p.root).sort((a, b) => rank(a) - rank(b));
  // What stands right already is left alone: a rope that is moved is laid out and drawn anew.
  for (const [i, root] of order.toReversed().entries()) {
    const next = i === 0 ? null : at(order, order.length - i);
    if (root.nextElementSibling !== next) layer.insertBefore(root, next);
  }
}

/**
 * What is kept first, however thin its strand, then the widest strands; a badge that would cover another, or a node, or
 * lies on a faded edge is left out.
 */
function placeBadges(
  painted: readonly PaintedRope[],
  spots: BadgePlaces,
  { kept, forces, isXray }: RopeView,
  scene: RopeScene,
) {
  const wanted = painted.flatMap(({ badges, drawn }, e) =>
    badges.map((badge, k) => {
      const [from, to] = [at(drawn, k) / 2, at(drawn, k + 1) / 2];
      const across = (from + to) / 2 / scene.frame.rope;
      const isKept = kept?.[e] === scene.styles[k]?.op;
      badge.toggleAttribute("data-kept", isKept);
      // A forced strand has a sign of its own.
      const isOff =
        (kept && kept[e] === undefined) || forces.some((f) => f.edge === e && f.op === k);
      const rank = isKept ? Number.POSITIVE_INFINITY : isXray ? 0 : to - from;
      const along = isKept ? spots(e, k) : [alongFor(k, badges.length)];
      const places = along.map((t) => pointOn(at(scene.ropes, e), t, across));
      return { badge, places, rank: isOff ? 0 : rank };
    }),
  );
  const placed: Point[] = forces.map((force) => forcePlace(force, forces, scene.ropes));
  if (isXray)
    for (const [e, { hole }] of painted.entries())
      if (hole.textContent) placed.push(pointOn(at(scene.ropes, e), 0.5, 0.5));
  const isFree = (place: Point) =>
    placed.every(
      (p) =>
        Math.abs(p.x - place.x) > badgeSize.width || Math.abs(p.y - place.y) > badgeSize.height,
    ) &&
    scene.nodes.every(
      (n) => Math.hypot(n.x - place.x, n.y - place.y) > scene.frame.nodeRadius + 12,
    );
  for (const { badge, places, rank } of wanted.sort((a, b) => b.rank - a.rank)) {
    const place = rank > badgeFrom ? places.find(isFree) : undefined;
    badge.style.display = place ? "" : "none";
    if (!place) continue;
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

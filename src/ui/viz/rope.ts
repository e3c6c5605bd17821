/** @file A rope: an edge of constant width, tapering to its nodes, split into one strand per op. */

import { area, curveLinearClosed, line, pairs } from "d3";
import { at } from "./at.ts";
import type { Frame, Point } from "./cell-layout.ts";
import { type Curve, pointAt } from "./cell-routes.ts";

/** One cross-section: its centre, the unit normal to the right of the rope's direction, and its width. */
export interface Station extends Point {
  readonly nx: number;
  readonly ny: number;
  readonly width: number;
}
/** Cross-sections from the rim of its start node to the rim of its end node. */
export type Rope = readonly Station[];

/** Distance along a rope, in the frame's units, from one cross-section to the next. */
const pitch = 9;

/** Lays a rope along a curve. */
export function layRope(curve: Curve, { nodeRadius, rope, port }: Frame): Rope {
  const fine = Array.from({ length: 257 }, (_, i) => pointAt(curve, i / 256));
  const inside = (p: Point, node: Point) => Math.hypot(p.x - node.x, p.y - node.y) < nodeRadius + 1;
  const points = fine.filter((p) => !inside(p, curve.start) && !inside(p, curve.end));
  const lengths = [0];
  for (const [p, q] of pairs(points))
    lengths.push(at(lengths, -1) + Math.hypot(q.x - p.x, q.y - p.y));
  const length = at(lengths, -1);
  const taper = Math.min(2.2 * rope, length / 3);
  const count = Math.max(4, Math.round(length / pitch));
  return Array.from({ length: count + 1 }, (_, i) => {
    const along = (length * i) / count;
    const found = lengths.findIndex((l) => l >= along - 1e-9);
    const k = Math.max(0, found);
    const [before, after] = [
      at(points, Math.max(0, k - 1)),
      at(points, Math.min(points.length - 1, k + 1)),
    ];
    const norm = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const open = Math.min(1, Math.min(along, length - along) / taper);
    return {
      x: at(points, k).x,
      y: at(points, k).y,
      nx: -(after.y - before.y) / norm,
      ny: (after.x - before.x) / norm,
      // smoothstep: no kink where the taper ends
      width: port + (rope - port) * open * open * (3 - 2 * open),
    };
  });
}

/**
 * Where strands begin and end across a rope, as fractions of its width: ops + 1 ascending numbers from 0 towards 1.
 * `weights` are one edge's, not negative and adding to at most 1; what is missing to 1 stays empty.
 */
export function strandBounds(weights: ArrayLike<number>): Float64Array {
  const bounds = new Float64Array(weights.length + 1);
  for (let k = 0; k < weights.length; k++)
    bounds[k + 1] = Math.min(1, at(bounds, k) + Math.max(0, at(weights, k)));
  return bounds;
}

/** Half of the gap beside a strand of `width` px: none up to 2 px, full (1 px) from 6 px, so that thin ones stay seen. */
export const halfGap = (width: number) => Math.min(1, Math.max(0, (width - 2) / 4));

const across = (rope: Rope, from: number, to: number) =>
  area<Station>()
    .digits(1)
    .x0((s) => s.x + s.nx * s.width * (from - 0.5))
    .y0((s) => s.y + s.ny * s.width * (from - 0.5))
    .x1((s) => s.x + s.nx * s.width * (to - 0.5))
    .y1((s) => s.y + s.ny * s.width * (to - 0.5))(rope as Station[]) ?? "";

/** The SVG path of the part of a rope between two fractions of its width; empty if they are equal. */
export const strandPath = (rope: Rope, from: number, to: number) =>
  to > from ? across(rope, from, to) : "";

/** The whole rope's contour. */
export const ropePath = (rope: Rope) => across(rope, 0, 1);

/** Its middle line, for pointing at. */
export const middlePath = (rope: Rope) =>
  line<Station>()
    .digits(1)
    .x((s) => s.x)
    .y((s) => s.y)(rope as Station[]) ?? "";

/** A triangle whose tip touches the end node. */
export function arrowPath(rope: Rope, size: number): string {
  const tip = at(rope, -1);
  const back = { x: tip.x - tip.ny * size, y: tip.y + tip.nx * size };
  const half = size * 0.62;
  const corner = (side: number): [number, number] => [
    back.x + side * half * tip.nx,
    back.y + side * half * tip.ny,
  ];
  return line().digits(1).curve(curveLinearClosed)([[tip.x, tip.y], corner(1), corner(-1)]) ?? "";
}

/** The point a share `along` of the way down the rope and `across` its width, both from 0 to 1. */
export function pointOn(rope: Rope, along: number, across: number): Point {
  const s = at(rope, Math.round(along * (rope.length - 1)));
  const off = s.width * (across - 0.5);
  return { x: s.x + s.nx * off, y: s.y + s.ny * off };
}

/**
 * The op whose strand lies under a point on or beside a rope, by its index; the nearest strand if it is beside it.
 * `weights` are one edge's. Undefined where the rope is empty.
 */
export function strandAt(rope: Rope, weights: ArrayLike<number>, point: Point): number | undefined {
  const far = ({ x, y }: Point) => Math.hypot(x - point.x, y - point.y);
  const s = rope.reduce((near, station) => (far(station) < far(near) ? station : near));
  const off = ((point.x - s.x) * s.nx + (point.y - s.y) * s.ny) / s.width + 0.5;
  const bounds = strandBounds(weights);
  const inside = Math.min(at(bounds, -1) - 1e-9, Math.max(0, off));
  const op = bounds.findIndex(
    (b, k) => k < weights.length && inside >= b && inside < at(bounds, k + 1),
  );
  return op < 0 ? undefined : op;
}

/** @file How far each edge of a cell bows, so that ropes keep clear of nodes and of each other. */

import type { AlphaGroup } from "../../protocol/spec.ts";
import { at } from "./at.ts";
import type { CellLayout, Point } from "./cell-layout.ts";

/** A quadratic curve between two node centres. */
export interface Curve {
  readonly start: Point;
  readonly control: Point;
  readonly end: Point;
}

/** The point of a curve at t in [0, 1]. */
export function pointAt({ start, control, end }: Curve, t: number): Point {
  const s = 1 - t;
  return {
    x: s * s * start.x + 2 * s * t * control.x + t * t * end.x,
    y: s * s * start.y + 2 * s * t * control.y + t * t * end.y,
  };
}

/** A curve whose middle lies `bow` to the left of the straight line (up, for one that runs rightwards). */
export function bowed(start: Point, end: Point, bow: number): Curve {
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const control = {
    x: (start.x + end.x) / 2 + (2 * bow * (end.y - start.y)) / length,
    y: (start.y + end.y) / 2 - (2 * bow * (end.x - start.x)) / length,
  };
  return { start, control, end };
}

/** A possible course of one edge, with what its costs need. */
interface Course {
  readonly curve: Curve;
  readonly points: readonly Point[];
  /** Directions, in radians, in which it leaves its start and, seen from there, its end. */
  readonly leaves: number;
  readonly arrives: number;
  /** What it costs by itself: bowing, touching nodes, leaving the frame. */
  readonly cost: number;
}
interface Edge {
  readonly from: number;
  readonly to: number;
}

const samples = 14;
const passes = 3;

/** Routes by edges and layout: lanes, both cells and a picture that comes back ask for the same. */
const known = new Map<string, readonly Curve[]>();
/** A page shows a few cells in a few sizes. */
const mostKnown = 24;

/**
 * One curve per edge of the group. Every edge in turn takes the course that costs least given the others, a few times
 * over: deterministic, and found once for each layout, for it takes longer than all else that a cell needs to appear.
 */
export function cellRoutes(group: AlphaGroup, layout: CellLayout): readonly Curve[] {
  const key = JSON.stringify([group.edges, layout]);
  const routes = known.get(key) ?? findRoutes(group, layout);
  // The newest last, so that the first is the one that was not asked for longest.
  known.delete(key);
  known.set(key, routes);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  return routes;
}

function findRoutes(group: AlphaGroup, layout: CellLayout): readonly Curve[] {
  const courses = group.edges.map((edge) => possibleCourses(edge, layout));
  const chosen = courses.map((options) => cheapest(options, (c) => c.cost));
  for (let pass = 0; pass < passes; pass++)
    courses.forEach((options, e) => {
      const edge = at(group.edges, e);
      chosen[e] = cheapest(options, (course) =>
        group.edges.reduce(
          (sum, other, o) =>
            o === e ? sum : sum + conflict(layout, edge, course, other, at(chosen, o)),
          course.cost,
        ),
      );
    });
  return chosen.map((course) => course.curve);
}

function cheapest(courses: readonly Course[], cost: (course: Course) => number): Course {
  const costs = courses.map(cost);
  return at(courses, costs.indexOf(Math.min(...costs)));
}

function possibleCourses({ from, to }: Edge, layout: CellLayout): readonly Course[] {
  const { frame, nodes, output } = layout;
  const [start, end] = [at(nodes, from), at(nodes, to)];
  const others = [...nodes.filter((_, i) => i !== from && i !== to), ...(output ? [output] : [])];
  const step = (frame.flow === "right" ? frame.height : frame.width) / 31;
  return Array.from({ length: 23 }, (_, i) => (i - 11) * step).map((bow) => {
    const curve = bowed(start, end, bow);
    const points = Array.from({ length: samples }, (_, i) =>
      pointAt(curve, (i + 1) / (samples + 1)),
    );
    // A short edge may bow little: what looks bent is the bow's share of the length.
    const bend = Math.abs(bow) / distance(start, end);
    let cost = 60 * bend + 200 * bend * bend;
    for (const point of points) {
      for (const node of others)
        cost += 30 * Math.max(0, frame.nodeRadius + frame.rope / 2 + 6 - distance(point, node));
      cost += 30 * outside(point, layout);
    }
    const { control } = curve;
    const leaves = Math.atan2(control.y - start.y, control.x - start.x);
    const arrives = Math.atan2(control.y - end.y, control.x - end.x);
    return { curve, points, leaves, arrives, cost };
  });
}

/** Two edges cost more the narrower the angle at a node they share, and the longer they run over each other. */
function conflict({ frame, nodes }: CellLayout, a: Edge, ca: Course, b: Edge, cb: Course): number {
  let cost = 0;
  const shared: Point[] = [];
  const wanted = (Math.PI / 180) * 42;
  for (const [node, angle] of ends(a, ca))
    for (const [other, otherAngle] of ends(b, cb))
      if (node === other) {
        shared.push(at(nodes, node));
        const turn = Math.abs(((angle - otherAngle + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
        cost += 120 * Math.max(0, wanted - turn);
      }
  const reach = frame.rope + 3;
  for (const p of ca.points) {
    if (shared.some((node) => distance(p, node) < 2.6 * frame.nodeRadius)) continue;
    for (const q of cb.points) {
      const [dx, dy] = [p.x - q.x, p.y - q.y];
      if (dx * dx + dy * dy < reach * reach) cost += reach - Math.hypot(dx, dy);
    }
  }
  return cost;
}

const ends = (edge: Edge, course: Course) =>
  [
    [edge.from, course.leaves],
    [edge.to, course.arrives],
  ] as const;

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function outside({ x, y }: Point, { frame }: CellLayout): number {
  const margin = frame.rope / 2 + 3;
  const over = (v: number, size: number) => Math.max(0, margin - v, v - (size - margin));
  return over(x, frame.width) + over(y, frame.height);
}

/** @file Where the arrows of a step's pulls stand on a cell, and how long they are. */
import { at } from "./at.ts";
import type { Frame, Point } from "./cell-layout.ts";
import type { Pull } from "./pulls.ts";
import type { Rope } from "./rope.ts";

/** An arrow that stands across its rope. */
export interface PullArrow {
  readonly pull: Pull;
  readonly tail: Point;
  readonly tip: Point;
  /** Where the sign of the candidate that gains stands, beyond the tip. */
  readonly sign: Point;
}

/** The longest arrow, in widths of a rope; and what is left of one that would hardly be seen, in px. */
const [longest, shortest] = [2.6, 3];
/** From one term's arrow to the next, as a share of the rope's length. */
const apart = 0.13;
/** From an arrow's tip to the middle of its sign, in px. */
const beyond = 12;

/**
 * An arrow for each pull. Its length is the square root of its share, on one scale for the cell: the largest is the longest,
 * and where two terms nearly cancel under Adam, which makes both large, the others can still be seen. On an edge, arrows of
 * terms that go against the first one stand on the other side of the rope.
 */
export function pullArrows(
  pulls: readonly Pull[],
  ropes: readonly Rope[],
  nodes: readonly Point[],
  frame: Frame,
): readonly PullArrow[] {
  const most = Math.max(...pulls.map(({ share }) => share));
  const terms = 1 + Math.max(...pulls.map(({ term }) => term));
  const stand = (pull: Pull, towards: 1 | -1): PullArrow => {
    const along = 0.5 + apart * (pull.term - (terms - 1) / 2);
    const rope = at(ropes, pull.edge);
    const station = at(rope, Math.round(along * (rope.length - 1)));
    const up = station.ny < 0 ? 1 : -1;
    const side = towards * up * (pull.isOpposed ? -1 : 1);
    const length = Math.max(shortest, longest * frame.rope * Math.sqrt(pull.share / most));
    const out = (distance: number): Point => ({
      x: station.x + station.nx * side * distance,
      y: station.y + station.ny * side * distance,
    });
    const rim = station.width / 2 + 1;
    const [tail, tip] = [out(rim), out(rim + length)];
    return { pull, tail, tip, sign: out(rim + length + beyond) };
  };
  const isInWay = ({ tail, tip, sign }: PullArrow) =>
    [{ x: (tail.x + tip.x) / 2, y: (tail.y + tip.y) / 2 }, tip, sign].filter(
      (p) =>
        p.y < 0 ||
        p.y > frame.height ||
        nodes.some((n) => Math.hypot(n.x - p.x, n.y - p.y) < frame.nodeRadius + beyond),
    ).length;
  const cost = (arrows: readonly PullArrow[]) => arrows.reduce((n, arrow) => n + isInWay(arrow), 0);
  // The first term points upwards unless that is more in the way of nodes, or out of sight.
  const sides = ropes.map((_, edge) => {
    const mine = pulls.filter((pull) => pull.edge === edge);
    const [up, down] = ([1, -1] as const).map((side) => cost(mine.map((p) => stand(p, side))));
    return (up as number) <= (down as number) ? 1 : -1;
  });
  return pulls.map((pull) => stand(pull, at(sides, pull.edge)));
}

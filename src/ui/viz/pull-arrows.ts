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
  { rope: width, height }: Frame,
): readonly PullArrow[] {
  const most = Math.max(...pulls.map(({ share }) => share));
  const terms = 1 + Math.max(...pulls.map(({ term }) => term));
  return pulls.map((pull) => {
    const along = 0.5 + apart * (pull.term - (terms - 1) / 2);
    const rope = at(ropes, pull.edge);
    const station = at(rope, Math.round(along * (rope.length - 1)));
    const reach = station.width / 2 + longest * width + beyond;
    // Upwards where there is room.
    const up = station.ny < 0 ? 1 : -1;
    const hasRoom = station.y + station.ny * up * reach > 0 && station.y < height;
    const side = (hasRoom ? up : -up) * (pull.isOpposed ? -1 : 1);
    const length = Math.max(shortest, longest * width * Math.sqrt(pull.share / most));
    const out = (distance: number): Point => ({
      x: station.x + station.nx * side * distance,
      y: station.y + station.ny * side * distance,
    });
    const rim = station.width / 2 + 1;
    return {
      pull,
      tail: out(rim),
      tip: out(rim + length),
      sign: out(rim + length + beyond),
    };
  });
}

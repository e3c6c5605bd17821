/** @file How far down its rope a badge may stand: first where no other rope runs, so that it names its own. */
import { at } from "../viz/at.ts";
import type { Frame } from "../viz/cell-layout.ts";
import { pointOn, type Rope } from "../viz/rope.ts";

/** Of a badge, in px. */
export const badgeSize = { width: 22, height: 16 };
/** Where the badge of what is kept may stand besides its own place, as shares of the rope's length. */
const elsewhere = [0.3, 0.7, 0.38, 0.62, 0.2, 0.8];
const samples = Array.from({ length: 24 }, (_, i) => (i + 0.5) / 24);

/** How far down its rope an op has its badge: each op at another place, so that badges of neighbours part. */
export const alongFor = (op: number, ops: number): number =>
  0.26 + (0.4 * op) / Math.max(1, ops - 1);

/** Tells the places for the badge of an edge's op, as shares of its rope's length: best first. */
export type BadgePlaces = (edge: number, op: number) => readonly number[];

/** Those for badges that are never left out; few are asked for, so each is found when it is, and kept. */
export function badgePlaces(
  ropes: readonly Rope[],
  frame: Pick<Frame, "rope">,
  ops: number,
): BadgePlaces {
  const paths = ropes.map((rope) => samples.map((t) => pointOn(rope, t, 0.5)));
  const reach = (frame.rope + badgeSize.height) / 2;
  const known = new Map<number, readonly number[]>();
  const find: BadgePlaces = (edge, op) => {
    const isAlone = (t: number) => {
      const { x, y } = pointOn(at(ropes, edge), t, 0.5);
      return paths.every(
        (path, o) => o === edge || path.every((p) => Math.hypot(p.x - x, p.y - y) > reach),
      );
    };
    const all = [alongFor(op, ops), ...elsewhere];
    const alone = all.filter(isAlone);
    return [...alone, ...all.filter((t) => !alone.includes(t))];
  };
  return (edge, op) => {
    const key = edge * ops + op;
    const places = known.get(key) ?? find(edge, op);
    known.set(key, places);
    return places;
  };
}

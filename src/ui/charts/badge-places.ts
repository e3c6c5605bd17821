/** @file How far down its rope a badge may stand: first where no other rope runs, so that it names its own. */
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

/** Of every rope, for each of its ops, the places for a badge that is never left out: best first. */
export function badgePlaces(
  ropes: readonly Rope[],
  frame: Pick<Frame, "rope">,
  ops: number,
): readonly (readonly (readonly number[])[])[] {
  const paths = ropes.map((rope) => samples.map((t) => pointOn(rope, t, 0.5)));
  const reach = (frame.rope + badgeSize.height) / 2;
  return ropes.map((rope, e) => {
    const isAlone = (t: number) => {
      const { x, y } = pointOn(rope, t, 0.5);
      return paths.every(
        (path, o) => o === e || path.every((p) => Math.hypot(p.x - x, p.y - y) > reach),
      );
    };
    const alone = new Set(elsewhere.filter(isAlone));
    return Array.from({ length: ops }, (_, op) => {
      const own = alongFor(op, ops);
      const first = [...(isAlone(own) ? [own] : []), ...alone];
      return [...first, ...[own, ...elsewhere].filter((t) => !first.includes(t))];
    });
  });
}

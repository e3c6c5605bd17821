/** @file What the phase plane shows at many places at once: a grid of arrows, and a grid of starting points. */
import { quantile } from "d3";
import { at } from "./at.ts";
import type { PlaneDomain, PlaneScales, State } from "./plane.ts";
import { startAt, type ToyClock, type ToyStepper } from "./toy-step.ts";

/** An arrow's barbs, in px and radians. */
const barb = { length: 4, angle: 0.5 };

/**
 * Where one step leads from a grid of places `apart` px from each other, as an SVG path of arrows. Their lengths follow
 * the square root of the step, so that slow places still point somewhere. `y` is RARTS's second w, the same everywhere;
 * without it y = w.
 */
export function fieldPath(
  step: ToyStepper,
  y: number | undefined,
  clock: ToyClock,
  scales: PlaneScales,
  apart = 44,
): string {
  const [width, height] = [at(scales.x.range(), 1), at(scales.y.range(), 0)];
  const places = (size: number) => {
    const count = Math.max(2, Math.round(size / apart));
    return Array.from({ length: count }, (_, i) => ((i + 0.5) * size) / count);
  };
  const arrows = places(width).flatMap((px) =>
    places(height).map((py) => {
      const from = startAt(scales.x.invert(px), scales.y.invert(py));
      const to = step(y === undefined ? from : { ...from, y }, clock);
      return { px, py, dx: scales.x(to.alpha) - px, dy: scales.y(to.w) - py };
    }),
  );
  const lengths = arrows.map(({ dx, dy }) => Math.hypot(dx, dy));
  const long = quantile(lengths, 0.9) ?? 0;
  return arrows
    .map((arrow, i) =>
      arrowPath(arrow, 0.75 * apart * Math.sqrt(Math.min(1, at(lengths, i) / long))),
    )
    .join("");
}

interface Arrow {
  readonly px: number;
  readonly py: number;
  readonly dx: number;
  readonly dy: number;
}
/** Centred on its place; one too short to have a direction is left out. */
function arrowPath({ px, py, dx, dy }: Arrow, length: number): string {
  if (!(length > 3)) return "";
  const angle = Math.atan2(dy, dx);
  const along = (x: number, y: number, a: number, l: number) =>
    [x + l * Math.cos(a), y + l * Math.sin(a)] as const;
  const text = (p: readonly number[]) => p.map((v) => v.toFixed(1)).join(",");
  const tip = along(px, py, angle, length / 2);
  const sides = [angle + Math.PI - barb.angle, angle + Math.PI + barb.angle].map((a) =>
    along(tip[0], tip[1], a, Math.min(barb.length, length / 2)),
  );
  const tail = along(px, py, angle, -length / 2);
  return `M${text(tail)}L${text(tip)}M${text(at(sides, 0))}L${text(tip)}L${text(at(sides, 1))}`;
}

/** Twenty starting points, five across and four up, evenly over what the plane shows. */
export function fanStarts({ alpha, w }: PlaneDomain): readonly State[] {
  const spread = ([low, high]: PlaneDomain["w"], count: number) =>
    Array.from({ length: count }, (_, i) => low + ((high - low) * (i + 0.5)) / count);
  return spread(alpha, 5).flatMap((a) => spread(w, 4).map((v) => ({ alpha: a, w: v })));
}

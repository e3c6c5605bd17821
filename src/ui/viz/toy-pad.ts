/** @file The settings of the toy as a map: which pairs of two of them make its steps run away. */
import { contours } from "d3";
import { spectralRadius, toyMap } from "./toy-map.ts";
import type { ToyRules } from "./toy-step.ts";

/** Cells of the map across and up; between their middles the border is interpolated. */
const [across, up] = [96, 80];
/** Only blocks of so many cells a side whose corners differ are looked into. */
const block = 4;

/** A step's growth in the long run, to a part in a thousand; Infinity where the method has no linear step. */
export function growthOf(rules: ToyRules): number {
  const map = toyMap(rules);
  return typeof map === "string" ? Number.POSITIVE_INFINITY : spectralRadius(map, 12);
}

/**
 * The region of a map `width` × `height` px where steps grow, as an SVG path. `growth` is asked at shares of the width
 * and of the height, from the left and from below, both 0 to 1.
 */
export function divergingPath(
  growth: (x: number, y: number) => number,
  width: number,
  height: number,
): string {
  const known = new Map<number, number>();
  /** Log of the growth in a cell; far from the border it only matters on which side. */
  const logAt = (column: number, row: number): number => {
    const key = row * across + column;
    const found = known.get(key);
    if (found !== undefined) return found;
    const log = Math.log(growth((column + 0.5) / across, 1 - (row + 0.5) / up));
    const value = Math.max(-0.5, Math.min(0.5, log));
    known.set(key, value);
    return value;
  };
  const values = Array.from({ length: across * up }, (_, i) => {
    const [column, row] = [i % across, Math.floor(i / across)];
    const [left, top] = [column - (column % block), row - (row % block)];
    const [right, bottom] = [Math.min(across - 1, left + block), Math.min(up - 1, top + block)];
    const corners = [
      logAt(left, top),
      logAt(right, top),
      logAt(left, bottom),
      logAt(right, bottom),
    ];
    const isPlain = corners.every((v) => v >= 0) || corners.every((v) => v < 0);
    return isPlain ? logAt(left, top) : logAt(column, row);
  });
  const region = contours().size([across, up]).contour(values, 0);
  const place = ([x = 0, y = 0]: readonly number[]) =>
    `${((x / across) * width).toFixed(1)},${((y / up) * height).toFixed(1)}`;
  return region.coordinates
    .flatMap((polygon) => polygon.map((ring) => `M${ring.map(place).join("L")}Z`))
    .join("");
}

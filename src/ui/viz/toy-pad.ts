/** @file The settings of the toy as a map: which pairs of two of them make its steps run away. */
import { contours } from "d3";
import { spectralRadius, toyMap } from "./toy-map.ts";
import type { ToyRules } from "./toy-step.ts";

/** Places at which the radius is computed, across and up; between them the border is interpolated. */
const [across, up] = [64, 52];

/** True size of a step's growth in the long run; Infinity where the method has no linear step. */
export function growthOf(rules: ToyRules): number {
  const map = toyMap(rules);
  return typeof map === "string" ? Number.POSITIVE_INFINITY : spectralRadius(map);
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
  const values = Array.from({ length: across * up }, (_, i) => {
    const x = ((i % across) + 0.5) / across;
    const y = 1 - (Math.floor(i / across) + 0.5) / up;
    // Far from the border it only matters on which side.
    return Math.max(-0.5, Math.min(0.5, Math.log(growth(x, y))));
  });
  const region = contours().size([across, up]).contour(values, 0);
  const place = ([x = 0, y = 0]: readonly number[]) =>
    `${((x / across) * width).toFixed(1)},${((y / up) * height).toFixed(1)}`;
  return region.coordinates
    .flatMap((polygon) => polygon.map((ring) => `M${ring.map(place).join("L")}Z`))
    .join("");
}

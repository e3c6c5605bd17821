/** @file What is predicted in the phase plane, written into an SVG layer: paths from now on, and RARTS's spring. */
import { type PlaneScales, type State, trailPath } from "../viz/plane.ts";
import css from "./PhasePlane.module.css";
import { childAt } from "./trail-painter.ts";

/** One lane's way from where it is, by formula. */
export interface Forecast {
  readonly path: readonly State[];
  /** RARTS's second w as it is now, under the same α. */
  readonly y?: number;
}

/** Paints all forecasts. Elements are made once and then only written to. */
export function paintForecasts(
  layer: SVGGElement,
  forecasts: readonly Forecast[],
  scales: PlaneScales,
): void {
  while (layer.children.length > forecasts.length) layer.lastElementChild?.remove();
  for (const [i, { path, y }] of forecasts.entries()) {
    const group = childAt(layer, i, "g");
    const now = path[0];
    childAt(group, 0, "path", css["forecast"]).setAttribute("d", trailPath(path, scales));
    const ends = now && y !== undefined ? [now, { alpha: now.alpha, w: y }] : [];
    childAt(group, 1, "path", css["tie"]).setAttribute("d", trailPath(ends, scales));
    const at = ends[1];
    const [x, down] = at ? [scales.x(at.alpha), scales.y(at.w)] : [0, 0];
    const square = at ? `M${x - 5},${down - 5}h10v10h-10Z` : "";
    childAt(group, 2, "path", css["second"]).setAttribute("d", square);
    const name = childAt(group, 3, "text", css["quiet"]);
    name.textContent = at ? "y" : "";
    name.setAttribute("text-anchor", "end");
    name.setAttribute("x", `${x - 9}`);
    name.setAttribute("y", `${down + 10}`);
  }
}

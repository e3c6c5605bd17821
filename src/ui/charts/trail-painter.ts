/** @file Trails in the phase plane and the letters at their heads, written into an SVG layer. */
import { at } from "../viz/at.ts";
import { headOf, neighbours, type PlaneScales, type State, trailPath } from "../viz/plane.ts";
import css from "./PhasePlane.module.css";

/** One lane's way so far, its start included, and how its line looks. */
export interface Trail {
  readonly letter: string;
  /** In px; empty for a solid line. */
  readonly dash: readonly number[];
  readonly states: readonly State[];
}

/** Half the size of the plate behind a letter, in px, and how far from its state it stands. */
const half = { x: 11, y: 9 };
const away = { x: -17, y: -19 };

/** Paints all trails and their letters. Elements are made once and then only written to. */
export function paintTrails(
  layer: SVGGElement,
  trails: readonly Trail[],
  scales: PlaneScales,
): void {
  while (layer.children.length > 2 * trails.length) layer.lastElementChild?.remove();
  for (const [i, { dash, states }] of trails.entries()) {
    // All lines first, all heads after them, so that no line crosses a letter.
    const path = childAt(layer, i, "path", css["trail"]);
    path.setAttribute("d", trailPath(states, scales));
    path.setAttribute("stroke-dasharray", dash.join(" "));
    // A later lane on the same way is drawn narrower, inside the broad line of the first.
    path.toggleAttribute("data-broad", trails.length > 1 && i === 0);
  }
  const heads = trails.map(({ states }) => {
    const { alpha, w, isInside } = headOf(states, scales);
    return { x: scales.x(alpha), y: scales.y(w), isInside };
  });
  const groups = neighbours(heads, 2 * half.x);
  for (const [i, { letter }] of trails.entries()) {
    const head = childAt(layer, trails.length + i, "g", css["head"]);
    if (head.childElementCount === 0) draftHead(head);
    const { x, y, isInside } = at(heads, i);
    head.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    head.toggleAttribute("data-gone", !isInside);
    // To the left of the state and above it, but never out of the plot; those that meet stand side by side.
    const { place, first } = at(groups, i);
    const from = at(heads, first);
    const beside = (2 * half.x + 1) * place;
    const isLeft = from.x + away.x - half.x - beside >= 0;
    const left = from.x - x + (isLeft ? away.x - beside : -away.x + beside);
    const top = from.y - y + (from.y + away.y - half.y < 0 ? -away.y : away.y);
    childAt(head, 0, "path").setAttribute("d", `M0,0L${left.toFixed(1)},${top.toFixed(1)}`);
    childAt(head, 2, "g").setAttribute(
      "transform",
      `translate(${left.toFixed(1)} ${top.toFixed(1)})`,
    );
    childAt(childAt(head, 2, "g"), 1, "text").textContent = letter;
  }
}

/** A leader, a dot on the state, and a plate for the letter. */
function draftHead(head: SVGGElement) {
  childAt(head, 0, "path");
  childAt(head, 1, "circle").setAttribute("r", "3.5");
  const plate = childAt(head, 2, "g");
  const box = { x: -half.x, y: -half.y, width: 2 * half.x, height: 2 * half.y, rx: 3 };
  for (const [name, value] of Object.entries(box))
    childAt(plate, 0, "rect").setAttribute(name, `${value}`);
  childAt(plate, 1, "text").setAttribute("dy", "0.36em");
}

/** The child at an index, made or replaced where it is not of that kind. */
export function childAt<K extends "g" | "path" | "circle" | "rect" | "text">(
  parent: SVGElement,
  index: number,
  name: K,
  className?: string,
): SVGElementTagNameMap[K] {
  const found = parent.children[index];
  if (found?.tagName === name) return found as SVGElementTagNameMap[K];
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  if (className) element.setAttribute("class", className);
  // Another number of lanes puts other marks in this place.
  if (found) found.replaceWith(element);
  else parent.append(element);
  return element;
}

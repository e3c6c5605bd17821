/** @file Dragging a strand: α follows the pointer under a hold, which ends with the drag. */
import type { PointerEvent } from "react";
import type { Point } from "../viz/cell-layout.ts";
import type { GroupSteer } from "./hands.ts";

/** Pointer travel in px that changes α by one: e times the odds. */
const pxPerUnit = 60;
/** Travel in px below which a press is a click. */
const dragFrom = 4;

/** What a drag needs to know of the cell. */
export interface TugTarget {
  /** The op under a point of the drawing, and its α; undefined where there is nothing to take hold of. */
  grab(edge: number, point: Point): { readonly op: number; readonly alpha: number } | undefined;
  /** Shows α at once, before the engine has answered; undefined goes back to what it says. */
  echo(
    held: { readonly edge: number; readonly op: number; readonly alpha: number } | undefined,
  ): void;
  /** Absent where nothing can be changed. */
  readonly onSteer?: ((steer: readonly GroupSteer[]) => void) | undefined;
}

/** Pointer handlers for an edge's shape. Right and up is more. */
export function createTug() {
  let held: { edge: number; op: number; alpha: number; x: number; y: number } | undefined;
  let isDragging = false;
  return {
    down(event: PointerEvent<SVGGElement>, edge: number, { grab, onSteer }: TugTarget): void {
      isDragging = false;
      const matrix = event.currentTarget.ownerSVGElement?.getScreenCTM?.()?.inverse();
      if (!onSteer || !matrix || event.button !== 0) return;
      const [x, y] = [event.clientX, event.clientY];
      const found = grab(edge, {
        x: matrix.a * x + matrix.c * y + matrix.e,
        y: matrix.b * x + matrix.d * y + matrix.f,
      });
      if (!found) return;
      held = { ...found, edge, x, y };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    move({ clientX, clientY }: PointerEvent, { echo, onSteer }: TugTarget): void {
      if (!held) return;
      const [right, up] = [clientX - held.x, held.y - clientY];
      if (!isDragging && Math.hypot(right, up) < dragFrom) return;
      isDragging = true;
      const { edge, op } = held;
      const set = held.alpha + (right + up) / pxPerUnit;
      echo({ edge, op, alpha: set });
      onSteer?.([{ edge, op, set, force: "hold" }]);
    },
    /** Lets go: what happens next is the search's doing. */
    up({ echo, onSteer }: TugTarget): void {
      if (held && isDragging) {
        onSteer?.([{ edge: held.edge, op: held.op, force: "none" }]);
        echo(undefined);
      }
      held = undefined;
    },
    /** Whether the press that has just ended was a drag and so no click. */
    get wasDrag() {
      return isDragging;
    },
  };
}

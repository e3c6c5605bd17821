/** @file A point that is moved in two directions: by dragging, or with the arrow keys. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import css from "./PlaneHandle.module.css";

interface PlaneHandleProps {
  readonly label: string;
  /** Both coordinates, as a screen reader says them. */
  readonly valueText: string;
  /** The coordinate across, with its range: a slider has only one. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Where it stands within its parent, in px. */
  readonly x: number;
  readonly y: number;
  /** The pointer within the parent, in px; `isDone` once it is let go. */
  readonly onDrag: (x: number, y: number, isDone: boolean) => void;
  /** Arrow keys: how many units right and up; a page, or an arrow with Shift, counts ten. */
  readonly onNudge: (right: number, up: number) => void;
  readonly children?: ReactNode;
}

const keys: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
  PageDown: [0, -10],
  PageUp: [0, 10],
};

export function PlaneHandle({ onDrag, onNudge, ...props }: PlaneHandleProps) {
  const isHeld = useRef(false);
  const drag = (event: PointerEvent, isDone: boolean) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (isHeld.current && box) onDrag(event.clientX - box.left, event.clientY - box.top, isDone);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.shiftKey ? 10 : 1;
    onNudge(move[0] * by, move[1] * by);
    event.preventDefault();
  };
  const letGo = (event: PointerEvent) => {
    drag(event, true);
    isHeld.current = false;
  };
  return (
    <div
      className={css["handle"]}
      style={{ transform: `translate(${props.x}px, ${props.y}px)` }}
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={props.min}
      aria-valuemax={props.max}
      aria-valuenow={props.value}
      aria-valuetext={props.valueText}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        isHeld.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        event.preventDefault();
      }}
      onPointerMove={(event) => drag(event, false)}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {props.children}
    </div>
  );
}

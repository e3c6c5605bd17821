/** @file A pointer over a stretch of time: it previews where it is, a click travels there, and a drag brushes a window. */
import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { roundUp } from "../viz/domain.ts";
import type { StepWindow } from "../viz/flips.ts";

interface RibbonPointer {
  /** Steps taken. */
  presentOf(): number;
  /** Shows another moment, for good. */
  readonly onTravel: (steps: number) => void;
  /** Shows a moment for as long as the pointer is there; undefined once it has left. */
  readonly onPreview: ((steps: number | undefined) => void) | undefined;
  readonly onBrush: ((window: StepWindow | undefined) => void) | undefined;
  /** Where the pointer is, in px from the plot's corner; undefined once it has left. */
  onPlace(place: { readonly x: number; readonly y: number } | undefined): void;
}

/** A pointer that moves further than this, in px, while it is down brushes. */
const dragFrom = 4;

/** The plot's pointer handlers. */
export function useRibbonPointer(plot: RefObject<HTMLDivElement | null>, props: RibbonPointer) {
  const { presentOf, onTravel, onPreview, onBrush, onPlace } = props;
  /** Where the pointer went down, and whether it has moved from there. */
  const down = useRef<{ readonly x: number; readonly steps: number; isDrag: boolean }>(undefined);
  // A plot that goes away under the pointer takes its preview with it.
  useEffect(() => () => onPreview?.(undefined), [onPreview]);
  const read = (event: PointerEvent) => {
    const { left = 0, top = 0, width = 1 } = plot.current?.getBoundingClientRect() ?? {};
    const [x, y] = [event.clientX - left, event.clientY - top];
    const present = presentOf();
    const steps = Math.round((x / width) * roundUp(present));
    return { x, y, steps: Math.min(present, Math.max(0, steps)) };
  };
  const leave = () => {
    onPreview?.(undefined);
    onPlace(undefined);
  };
  return {
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (event.button > 0) return;
      const { x, steps } = read(event);
      down.current = { x, steps, isDrag: false };
      event.currentTarget.setPointerCapture?.(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      const { x, y, steps } = read(event);
      const from = event.buttons === 0 ? undefined : down.current;
      if (from && Math.abs(x - from.x) > dragFrom) from.isDrag = true;
      if (from?.isDrag && onBrush)
        onBrush({ from: Math.min(from.steps, steps), to: Math.max(from.steps, steps) });
      // A finger does not hover.
      if (event.pointerType === "touch") return;
      onPreview?.(steps);
      onPlace({ x, y });
    },
    onPointerUp(event: PointerEvent<HTMLDivElement>) {
      const from = down.current;
      down.current = undefined;
      if (from && (!from.isDrag || !onBrush)) onTravel(read(event).steps);
    },
    onPointerCancel() {
      down.current = undefined;
      leave();
    },
    onPointerLeave: leave,
  };
}

/** @file A canvas as sharp as its screen, and lines of means on it. */
import { line } from "d3";
import type { Column } from "../viz/decimate.ts";

/** What can be drawn on, in CSS px. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Clears the canvas and fits it to its size on the screen; undefined while it has none. */
export function fitted(canvas: HTMLCanvasElement): Sheet | undefined {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return undefined;
  const pixels = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * pixels);
  canvas.height = Math.round(height * pixels);
  context.scale(pixels, pixels);
  return { context, width, height };
}

/** A line through the mean of each column. */
export function strokeMeans(context: CanvasRenderingContext2D, columns: readonly Column[]): void {
  context.beginPath();
  line<Column>()
    .x((c) => c.x)
    .y((c) => c.mean)
    .context(context)(columns as Column[]);
  context.stroke();
}

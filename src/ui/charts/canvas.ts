/** @file A canvas as sharp as its screen, and lines of means on it. */
import { line } from "d3";
import type { Size } from "../hooks/useSize.ts";
import type { Column } from "../viz/decimate.ts";

/** What a canvas looks like: its size in CSS px and the page's colours. */
export interface Sheet extends Size {
  readonly ink: string;
  readonly ground: string;
  readonly line: string;
  readonly fontFamily: string;
}

/**
 * A canvas's looks in the present theme. Its size is handed in, and colours are read from the root: to ask the canvas
 * itself would lay out the page at once.
 */
export function sheetOf({ width, height }: Size): Sheet {
  const root = getComputedStyle(document.documentElement);
  const [ink, ground, line] = ["--ink", "--ground", "--line-strong"].map((name) =>
    root.getPropertyValue(name),
  ) as [string, string, string];
  return { width, height, ink, ground, line, fontFamily: root.fontFamily };
}

/** The canvas cleared, as sharp as the screen; undefined where there is no room. Buffers are made anew for another size only. */
export function fitted(
  canvas: HTMLCanvasElement,
  { width, height }: Size,
): CanvasRenderingContext2D | undefined {
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return undefined;
  const pixels = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * pixels), Math.round(height * pixels)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  context.setTransform(pixels, 0, 0, pixels, 0, 0);
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.clearRect(0, 0, width, height);
  return context;
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

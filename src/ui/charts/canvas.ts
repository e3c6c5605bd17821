/** @file A canvas as sharp as its screen, and lines of means on it. */
import { line } from "d3";
import type { Size } from "../hooks/useSize.ts";
import type { Column } from "../viz/decimate.ts";

/** The page's colours and letters in one theme. */
export interface Colors {
  readonly ink: string;
  readonly ground: string;
  readonly line: string;
  readonly fontFamily: string;
}
/** What a canvas looks like: its size in CSS px, and what it is painted with. */
export interface Sheet extends Size, Colors {}

let known: { readonly theme: string; readonly colors: Colors } | undefined;

/** The colours of a theme as `useTheme` names it; to read them makes the browser work out styles, so it is done once. */
export function colorsOf(theme: string): Colors {
  if (known?.theme === theme) return known.colors;
  const root = getComputedStyle(document.documentElement);
  const color = (name: string) => root.getPropertyValue(name);
  const { fontFamily } = root;
  const [ink, ground, line] = [color("--ink"), color("--ground"), color("--line-strong")];
  known = { theme, colors: { ink, ground, line, fontFamily } };
  return known.colors;
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

/** A word on a plate, in CSS px. */
export interface Plate {
  readonly image: OffscreenCanvas;
  readonly width: number;
  readonly height: number;
}
interface PlateLook {
  /** CSS, with a size in px. */
  readonly font: string;
  readonly ink: string;
  readonly ground: string;
  readonly height: number;
  readonly padding: number;
  readonly radius: number;
}
const plates = new Map<string, Plate>();

/** Drawn once and away from the page: to write on a canvas that is part of it lays out the page each time. */
export function plateOf(word: string, look: PlateLook): Plate {
  const pixels = window.devicePixelRatio || 1;
  const key = JSON.stringify([word, look, pixels]);
  const found = plates.get(key);
  if (found) return found;
  const { font, ink, ground, height, padding, radius } = look;
  const pencil = new OffscreenCanvas(1, 1).getContext("2d");
  if (pencil) pencil.font = font;
  const width = Math.ceil((pencil?.measureText(word).width ?? 0) + 2 * padding);
  const image = new OffscreenCanvas(Math.ceil(width * pixels), Math.ceil(height * pixels));
  const context = image.getContext("2d");
  if (context) {
    context.scale(pixels, pixels);
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(0, 0, width, height, radius);
    context.fill();
    Object.assign(context, { font, fillStyle: ink, textAlign: "center", textBaseline: "middle" });
    context.fillText(word, width / 2, height / 2 + 0.5);
  }
  const plate = { image, width, height };
  plates.set(key, plate);
  return plate;
}

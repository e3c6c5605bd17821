/** @file Losses on a canvas: train thin, validation thick, methods by dash and by a letter at the end of the line. */
import { area, max } from "d3";
import type { StepRecord } from "../../protocol/messages.ts";
import { at } from "../viz/at.ts";
import { type Column, decimate } from "../viz/decimate.ts";
import type { BandPoint, LossScales } from "../viz/loss-view.ts";
import { fitted, plateOf, type Sheet, strokeMeans } from "./canvas.ts";

/** One lane's numbers and how its lines look. */
export interface LossSeries {
  readonly letter: string;
  /** In px; empty for a solid line. */
  readonly dash: readonly number[];
  readonly records: readonly StepRecord[];
  /** Where the first of them stand on the axis; the others are not drawn. */
  readonly places: readonly number[];
}
interface Ending {
  readonly letter: string;
  readonly x: number;
  y: number;
}

const kinds = [
  { of: (r: StepRecord) => r.trainLoss, width: 1.25, alpha: 0.75, isEnding: false },
  { of: (r: StepRecord) => r.valLoss, width: 2.5, alpha: 1, isEnding: true },
];
const letterHeight = 17;
/** Steps that share this many px are drawn as their mean and range: single batches are noise, their trend is not. */
const columnWidth = 5;
/** The ranges of more lanes than this would hide one another, and the lines. */
const mostShades = 2;

/** Clears the canvas and draws the band in grey, all series in its ink, and letters on plates of it. */
export function paintLosses(
  canvas: HTMLCanvasElement,
  sheet: Sheet,
  all: readonly LossSeries[],
  scales: LossScales | undefined,
  band: readonly BandPoint[] = [],
): void {
  const context = fitted(canvas, sheet);
  if (!context || !scales) return;
  paintBand(context, band, scales, sheet.line);
  const { height, ink, ground, fontFamily } = sheet;
  context.strokeStyle = context.fillStyle = ink;
  context.lineJoin = "round";
  const endings: Ending[] = [];
  for (const { letter, dash, records, places } of all)
    for (const { of, width: lineWidth, alpha, isEnding } of kinds) {
      const stretches = decimate(
        places.length,
        (i) => scales.x(at(places, i)),
        (i) => scales.y(of(at(records, i))),
        columnWidth,
      );
      context.lineWidth = lineWidth;
      context.setLineDash([...dash]);
      for (const columns of stretches)
        paintStretch(context, columns, alpha, all.length <= mostShades);
      const end = stretches.at(-1)?.at(-1);
      if (end && isEnding) endings.push({ letter, x: end.x, y: end.mean });
    }
  const look = { font: `700 12px ${fontFamily}`, ink: ground, ground: ink };
  for (const { letter, x, y } of apart(endings, height)) {
    const { image, ...size } = plateOf(letter, { ...look, height: 16, padding: 4, radius: 3 });
    context.drawImage(image, x + 4, y - 8, size.width, size.height);
  }
}

/** From the lowest to the highest as a shade, the mean as a dotted line; cut off where the axes end. */
function paintBand(
  context: CanvasRenderingContext2D,
  band: readonly BandPoint[],
  { x, y }: LossScales,
  color: string,
): void {
  if (band.length === 0) return;
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.strokeStyle = context.fillStyle = color;
  context.globalAlpha = 0.3;
  context.beginPath();
  area<BandPoint>()
    .x((p) => x(p.place))
    .y0((p) => y(p.low))
    .y1((p) => y(p.high))
    .context(context)(band as BandPoint[]);
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.setLineDash([2, 3]);
  const columns = band.map((p): Column => {
    return { x: x(p.place), min: y(p.high), max: y(p.low), mean: y(p.mean) };
  });
  strokeMeans(context, columns);
  context.restore();
}

/** The mean of each column as a line and, if asked for, their range as a shade behind it where columns hold several steps. */
function paintStretch(
  context: CanvasRenderingContext2D,
  columns: readonly Column[],
  alpha: number,
  hasShade: boolean,
) {
  if (hasShade && (max(columns, (c) => c.max - c.min) ?? 0) > 0) {
    context.globalAlpha = 0.14;
    context.beginPath();
    area<Column>()
      .x((c) => c.x)
      .y0((c) => c.min)
      .y1((c) => c.max)
      .context(context)(columns as Column[]);
    context.fill();
  }
  context.globalAlpha = alpha;
  strokeMeans(context, columns);
}

/** Line ends moved down where their letters would cover one another, and up again from the lower edge. */
function apart(endings: Ending[], height: number): readonly Ending[] {
  endings.sort((a, b) => a.y - b.y);
  let free = 0;
  for (const ending of endings) {
    ending.y = Math.max(ending.y, free + letterHeight / 2);
    free = ending.y + letterHeight / 2;
  }
  let bottom = height;
  for (const ending of endings.toReversed()) {
    ending.y = Math.min(ending.y, bottom - letterHeight / 2);
    bottom = ending.y - letterHeight / 2;
  }
  return endings;
}

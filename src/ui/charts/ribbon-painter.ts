/** @file The decision ribbon on a canvas: a row an edge, coloured by its leading op, with its badge and its flips. */
import { hcl } from "d3";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { at } from "../viz/at.ts";
import type { Change } from "../viz/changes.ts";
import type { OpStyle } from "../viz/color.ts";
import { type Ribbon, ribbonOf, stretchesOf } from "../viz/ribbon.ts";
import type { Trace } from "../viz/trace.ts";
import { fitted, plateOf, type Sheet } from "./canvas.ts";

/** What one picture of a run's decisions needs. */
export interface RibbonPicture {
  readonly group: AlphaGroup;
  readonly styles: readonly OpStyle[];
  readonly trace: Trace | undefined;
  readonly changes: readonly Change[];
  /** After how many steps the genotype changed. */
  readonly flips: readonly number[];
  /** Steps at the right edge, and steps taken. */
  readonly end: number;
  readonly present: number;
  /** The moment on show; undefined for the present. */
  readonly moment: number | undefined;
}

/** What was drawn, for the next drawing to begin with. */
export interface Painted {
  readonly ribbon: Ribbon;
  readonly of: RibbonPicture;
}

/** Edges that the genotype drops keep this much of their colour. */
const faded = 0.3;
/** The thinnest part of a row, as a share of its height, for a leader that barely leads. */
const thinnest = 0.4;

/** Draws the whole ribbon. Of what was drawn `before` on the same sheet, only what came since is worked out anew. */
export function paintRibbon(
  canvas: HTMLCanvasElement,
  sheet: Sheet,
  picture: RibbonPicture,
  before?: Painted,
): Painted | undefined {
  const context = fitted(canvas, sheet);
  if (!context) return undefined;
  const { width, height, ink, ground, line, fontFamily } = sheet;
  const isDark = hcl(ground).l < 50;
  const { group, styles, trace, changes, flips, end, present, moment } = picture;
  const x = (steps: number) => (steps / end) * width;
  const columns = Math.max(1, Math.round(x(present)));
  const stepsAt = (c: number) => ((c + 1) / width) * end;
  const isMore = before !== undefined && goesOn(before.of, picture);
  const known = isMore ? Math.max(0, Math.floor(x(before.of.present)) - 1) : 0;
  const ribbon = trace && ribbonOf(group, trace, changes, columns, stepsAt, before?.ribbon, known);
  if (ribbon) {
    const row = height / group.edges.length;
    const font = `700 ${Math.min(10, row - 3)}px ${fontFamily}`;
    const look = { font, ink, ground, height: 10, padding: 2, radius: 0 };
    for (const e of group.edges.keys()) {
      for (const { from, to, isFlip } of stretchesOf(ribbon, e)) {
        const place = e * columns + from;
        const style = at(styles, at(ribbon.leader, place));
        const isKept = at(ribbon.kept, place) === 1;
        context.globalAlpha = isKept ? 1 : faded;
        context.fillStyle = isDark ? style.dark : style.light;
        paintStretch(context, ribbon.margin, e * columns, from, to, (e + 0.5) * row, row - 1);
        context.globalAlpha = 1;
        if (isFlip) {
          context.fillStyle = ground;
          context.fillRect(from - 0.75, e * row, 1.5, row);
        }
        if (to - from <= 20 || row < 10) continue;
        // Readable on any colour.
        const badge = plateOf(style.badge, look);
        context.drawImage(badge.image, from + 2, (e + 0.5) * row - 5, badge.width, badge.height);
      }
    }
  }
  context.fillStyle = line;
  for (const steps of flips) context.fillRect(x(steps) - 0.75, 0, 1.5, 4);
  context.fillStyle = ink;
  if (moment !== undefined) context.fillRect(x(moment) - 1, 0, 2, height);
  return ribbon && { ribbon, of: picture };
}

/** Whether a picture is of the same run at the same scale, later: a thinned trace has fewer rows than before. */
const goesOn = (before: RibbonPicture, now: RibbonPicture) =>
  before.group === now.group &&
  before.end === now.end &&
  before.changes[0] === now.changes[0] &&
  before.present <= now.present &&
  (before.trace?.length ?? 0) <= (now.trace?.length ?? 0);

/** One stretch as bars as high as the leader leads. */
function paintStretch(
  context: CanvasRenderingContext2D,
  margin: Float32Array,
  first: number,
  from: number,
  to: number,
  middle: number,
  height: number,
) {
  const highAt = (column: number) =>
    height * (thinnest + (1 - thinnest) * Math.min(1, Math.sqrt(at(margin, first + column))));
  context.beginPath();
  context.moveTo(from, middle);
  for (let c = from; c < to; c++) {
    context.lineTo(c, middle - highAt(c) / 2);
    context.lineTo(c + 1, middle - highAt(c) / 2);
  }
  for (let c = to - 1; c >= from; c--) {
    context.lineTo(c + 1, middle + highAt(c) / 2);
    context.lineTo(c, middle + highAt(c) / 2);
  }
  context.fill();
}

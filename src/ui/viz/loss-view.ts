/** @file What a chart of losses shows: its axes' ranges and scales. */
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3";
import type { StepRecord } from "../../protocol/messages.ts";
import { at } from "./at.ts";
import { type Cost, placesOn, type RaceAxis } from "./costs.ts";
import { type Domain, roundLogRange, roundRange, roundUp } from "./domain.ts";
import type { Live } from "./live.ts";

export interface LossView {
  /** Where the axis ends; it begins at 0. */
  readonly lastStep: number;
  readonly loss: Domain;
}
export interface LossScales {
  readonly x: ScaleContinuousNumeric<number, number>;
  readonly y: ScaleContinuousNumeric<number, number>;
}

/** One run's curves. Records only grow, in new arrays; a shorter one is a new start. */
export interface LossLane {
  readonly id: string;
  /** The method's, as on its lane: "R", "D1". */
  readonly letter: string;
  readonly label: string;
  readonly records: Live<readonly StepRecord[]>;
  /** What the steps took; without it the lane stands on no axis but that of iterations. */
  readonly costs?: Live<readonly Cost[]>;
}

/** Where something to compare with lies, at one place of the axis. */
export interface BandPoint {
  readonly place: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/**
 * Ranges that hold every finite loss (above 0, if `logY`) of all lanes that has a place on the axis, and the band as far as
 * lanes have come; `undefined` while there is none. `costs` are the lanes', in their order.
 */
export function lossView(
  lanes: readonly (readonly StepRecord[])[],
  logY: boolean,
  axis: RaceAxis = "steps",
  costs: readonly (readonly Cost[])[] = [],
  band: readonly BandPoint[] = [],
): LossView | undefined {
  let [low, high, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const [lane, records] of lanes.entries())
    for (const [i, place] of placesOn(axis, records, costs[lane] ?? []).entries()) {
      const { trainLoss, valLoss } = at(records, i);
      for (const loss of [trainLoss, valLoss]) {
        if (!Number.isFinite(loss) || (logY && loss <= 0)) continue;
        if (loss < low) low = loss;
        if (loss > high) high = loss;
        if (place > last) last = place;
      }
    }
  if (low > high) return undefined;
  for (const point of band) {
    if (point.place > last) break;
    low = Math.min(low, point.low);
    high = Math.max(high, point.high);
  }
  const loss = logY ? roundLogRange(low, high) : roundRange(low, high);
  return { lastStep: axis === "steps" ? roundUp(last) : roundRange(0, last)[1], loss };
}

/** Maps places and losses to px inside a plot `width` × `height`, y upwards. */
export const lossScales = (
  view: LossView,
  logY: boolean,
  width: number,
  height: number,
): LossScales => ({
  x: scaleLinear([0, view.lastStep], [0, width]),
  y: (logY ? scaleLog() : scaleLinear()).domain(view.loss).range([height, 0]),
});

export const sameView = (a: LossView | undefined, b: LossView | undefined) =>
  a?.lastStep === b?.lastStep && a?.loss[0] === b?.loss[0] && a?.loss[1] === b?.loss[1];

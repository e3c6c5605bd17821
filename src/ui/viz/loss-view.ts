/** @file What a chart of losses shows: its axes' ranges and scales. */
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3";
import type { StepRecord } from "../../protocol/messages.ts";
import { type Domain, roundLogRange, roundRange, roundUp } from "./domain.ts";

export interface LossView {
  /** The iteration axis begins at 0. */
  readonly lastStep: number;
  readonly loss: Domain;
}
export interface LossScales {
  readonly x: ScaleContinuousNumeric<number, number>;
  readonly y: ScaleContinuousNumeric<number, number>;
}

/** Ranges that hold every finite loss (above 0, if `logY`) of all lanes; `undefined` while there is none. */
export function lossView(
  lanes: readonly (readonly StepRecord[])[],
  logY: boolean,
): LossView | undefined {
  let [low, high, lastStep] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const records of lanes)
    for (const { step, trainLoss, valLoss } of records)
      for (const loss of [trainLoss, valLoss]) {
        if (!Number.isFinite(loss) || (logY && loss <= 0)) continue;
        if (loss < low) low = loss;
        if (loss > high) high = loss;
        if (step > lastStep) lastStep = step;
      }
  if (low > high) return undefined;
  const loss = logY ? roundLogRange(low, high) : roundRange(low, high);
  return { lastStep: roundUp(lastStep), loss };
}

/** Maps iterations and losses to px inside a plot `width` × `height`, y upwards. */
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

/** @file A race's score: what each lane has reached at best. */
import type { StepRecord } from "../../protocol/messages.ts";

/** The lowest validation loss of a lane, and after which step; undefined before the first finite one. */
export function bestOf(
  records: readonly StepRecord[],
): { readonly step: number; readonly loss: number } | undefined {
  let best: { step: number; loss: number } | undefined;
  for (const { step, valLoss } of records)
    if (Number.isFinite(valLoss) && (best === undefined || valLoss < best.loss))
      best = { step, loss: valLoss };
  return best;
}

/** On the solvable model, where the loss says nothing of α: the shortest distance to its optimum α = w = 1, and when. */
export function nearestOf(
  records: readonly StepRecord[],
): { readonly step: number; readonly distance: number } | undefined {
  let nearest: { step: number; distance: number } | undefined;
  for (const { step, values } of records) {
    const distance = Math.hypot((values?.["alpha"] ?? Number.NaN) - 1, (values?.["w"] ?? 0) - 1);
    if (Number.isFinite(distance) && (nearest === undefined || distance < nearest.distance))
      nearest = { step, distance };
  }
  return nearest;
}

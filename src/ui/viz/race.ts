/** @file A race's score: what each lane has reached at best. */
import type { StepRecord } from "../../protocol/messages.ts";
import { optimum } from "./plane.ts";

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

/**
 * On the solvable model, the upper objective itself, L_val(w*(α), α) = (α − 1)² with w*(α) = α: what L_val alone, which
 * has no lower bound, does not tell. Undefined without α.
 */
export const upperLoss = (alpha: number | undefined): number | undefined =>
  alpha === undefined ? undefined : (alpha - optimum.alpha) ** 2;

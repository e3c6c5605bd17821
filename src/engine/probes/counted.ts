/** @file A problem that counts what is asked of it: the ledger of a step, a burst or a probe. */
import { memory } from "@tensorflow/tfjs-core";
import type { Spent } from "../../protocol/messages.ts";
import type { BoundProblem, Mixture, Wrt } from "../problem.ts";

/** Asks are handed on; `take` gives what was counted since the last time. */
export interface CountedProblem extends BoundProblem {
  take(): Spent;
}

/** Counts, never estimates: passes as they are asked for, bytes as they are after each. */
export function counted(problem: BoundProblem): CountedProblem {
  const { lossAndGradAtBoth, score, measure, logits } = problem;
  const executorBytes = problem.cost?.bytes ?? 0;
  let [gradients, forwards, multiplyAdds, peakBytes] = [0, 0, 0, 0];
  const count = <T>(wrt: Wrt, mixture: Mixture, result: T): T => {
    if (wrt === "none") forwards++;
    else gradients++;
    multiplyAdds += problem.multiplyAdds?.(wrt, mixture) ?? Number.NaN;
    peakBytes = Math.max(peakBytes, executorBytes + memory().numBytes);
    return result;
  };
  return {
    ...problem,
    lossAndGrad: (weights, mixture, batch, wrt) =>
      count(wrt, mixture, problem.lossAndGrad(weights, mixture, batch, wrt)),
    ...(lossAndGradAtBoth && {
      lossAndGradAtBoth: (a, b) => {
        const both = lossAndGradAtBoth(a, b);
        for (const { wrt, mixture } of [a, b]) count(wrt, mixture, both);
        return both;
      },
    }),
    ...(score && {
      score: (weights, mixture, batch, moments) =>
        count("none", mixture, score(weights, mixture, batch, moments)),
    }),
    ...(measure && {
      measure: (weights, mixture, batch) =>
        count("none", mixture, measure(weights, mixture, batch)),
    }),
    ...(logits && {
      logits: (weights, mixture, batch) => count("none", mixture, logits(weights, mixture, batch)),
    }),
    take() {
      const spent = {
        gradients,
        forwards,
        peakBytes,
        ...(Number.isNaN(multiplyAdds) ? {} : { multiplyAdds }),
      };
      [gradients, forwards, multiplyAdds, peakBytes] = [0, 0, 0, 0];
      return spent;
    },
  };
}

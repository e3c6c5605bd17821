/** @file What a step will take: the passes it asks for at the machine's rate, and all else as it is measured. */
import { type Scalar, scalar, tidy } from "@tensorflow/tfjs-core";
import type { RunCost } from "../../protocol/messages.ts";
import type {
  BoundProblem,
  LossAndGrad,
  MethodState,
  Mixture,
  Problem,
  SearchMethod,
  StepContext,
  Wrt,
} from "../problem.ts";

/** Enough for a mean over draws and for the arithmetic to be compiled, where steps are short. */
const [fewest, rehearsalMs] = [4, 20];

/** What a rehearsed step is given; examples are of no use to it. */
export type Rehearsal = Omit<StepContext, "train" | "val" | "step">;

/**
 * Rehearses steps whose passes are skipped: they say which passes a step asks for, with which candidates, and how long
 * optimisers and the arithmetic of α take. Undefined where the problem does not know its cost.
 */
export function forecast(
  method: SearchMethod,
  problem: BoundProblem,
  state: MethodState,
  given: Rehearsal,
): RunCost | undefined {
  const { cost, multiplyAdds } = problem;
  if (!cost) return undefined;
  if (!multiplyAdds) return { bytes: cost.bytes };
  const asked: [Wrt, Mixture][] = [];
  const skipping: Problem = { ...problem, lossAndGrad: skip(asked) };
  let isTwofold = false;
  if (problem.lossAndGradAtBoth)
    skipping.lossAndGradAtBoth = ({ weights, mixture, batch, wrt }, b) => {
      isTwofold = true;
      return [
        skipping.lossAndGrad(weights, mixture, batch, wrt),
        skipping.lossAndGrad(b.weights, b.mixture, b.batch, b.wrt),
      ];
    };
  const beginMs = performance.now();
  const arithmetic: number[] = [];
  while (arithmetic.length < fewest || performance.now() - beginMs < rehearsalMs) {
    const step = arithmetic.length;
    const startMs = performance.now();
    tidy(() => {
      const nothing = { x: scalar(0), y: scalar(0) };
      method.step(skipping, state, {
        ...given,
        train: { split: "train", ...nothing },
        val: { split: "val", ...nothing },
        rng: given.rng.fork(step),
        step,
      });
    });
    arithmetic.push(performance.now() - startMs);
  }
  const work = asked.reduce((sum, [wrt, mixture]) => sum + multiplyAdds(wrt, mixture), 0);
  return {
    // The second of two passes at once has memory of its own.
    bytes: isTwofold ? 2 * cost.bytes : cost.bytes,
    msPerStep: work / arithmetic.length / cost.rate + Math.min(...arithmetic),
  };
}

/** Answers every question with what it was asked at, which has the shapes of the gradients. */
const skip =
  (asked: [Wrt, Mixture][]): Problem["lossAndGrad"] =>
  (weights, mixture, _, wrt) => {
    asked.push([wrt, mixture]);
    const answer: LossAndGrad = {
      loss: scalar(1) as Scalar,
      weights: wrt === "weights" || wrt === "both" ? weights : undefined,
      mixture: wrt === "mixture" || wrt === "both" ? mixture.weights : undefined,
    };
    return answer as never;
  };

/** @file Counts the kernels that a step launches. While a step is timed, only what costs next to nothing is done. */
import { costOf } from "../src/engine/compiler/cost.ts";
import type { Plan } from "../src/engine/compiler/plan.ts";
import { select } from "../src/engine/compiler/select.ts";
import type { BoundProblem, Mixture, Wrt } from "../src/engine/problem.ts";

/** What a problem was asked, for counting later what that took. */
export class Evaluations {
  /** Of the engine that answers, if it has one that calls kernels itself. */
  plan: Plan | undefined;
  #asked: { readonly wrt: Wrt; readonly mixture: Mixture }[] = [];

  /** The same problem, overheard. */
  watch(problem: BoundProblem): BoundProblem {
    const { lossAndGradAtBoth } = problem;
    return {
      ...problem,
      lossAndGrad: (weights, mixture, batch, wrt) => {
        this.#asked.push({ wrt, mixture });
        return problem.lossAndGrad(weights, mixture, batch, wrt);
      },
      ...(lossAndGradAtBoth && {
        lossAndGradAtBoth: (a, b) => {
          this.#asked.push(a, b);
          return lossAndGradAtBoth(a, b);
        },
      }),
    };
  }
  forget(): void {
    this.#asked = [];
  }
  /** Kernel calls of the plan since `forget`. */
  calls(): number | undefined {
    const { plan } = this;
    if (!plan) return undefined;
    return this.#asked.reduce(
      (sum, { wrt, mixture: { active, learning } }) =>
        sum + costOf(plan, select(plan, wrt, active, { learning })).calls,
      0,
    );
  }
}

let launched = 0;
const { GPUComputePassEncoder: Encoder } = globalThis as {
  GPUComputePassEncoder?: { readonly prototype: GPUComputePassEncoder };
};
if (Encoder) {
  const { dispatchWorkgroups } = Encoder.prototype;
  Encoder.prototype.dispatchWorkgroups = function (...groups) {
    launched++;
    return dispatchWorkgroups.apply(this, groups);
  };
}
/** WebGPU dispatches of this thread so far, whoever made them. */
export const gpuLaunches = (): number => launched;

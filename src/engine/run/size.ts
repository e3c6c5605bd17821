/** @file How large a run's network is, counted from itself. */
import type { RunSize } from "../../protocol/messages.ts";
import type { Params } from "../core/params.ts";
import type { BoundProblem } from "../problem.ts";

/** Numbers in one copy of the weights, and multiply-adds of an example's forward pass with every candidate. */
export function sizeOfRun(
  { multiplyAdds }: Pick<BoundProblem, "multiplyAdds">,
  weights: Params,
  batchSize: number,
): RunSize {
  const parameters = Object.values(weights).reduce((sum, { size }) => sum + size, 0);
  return {
    parameters,
    ...(multiplyAdds && { multiplyAdds: multiplyAdds("none") / batchSize }),
  };
}

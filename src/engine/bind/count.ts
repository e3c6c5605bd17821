/** @file Multiply-adds of passes over a plan, counted from its kernel calls. */
import { multiplyAdds } from "../compiler/cost.ts";
import type { Plan } from "../compiler/plan.ts";
import { runs, select } from "../compiler/select.ts";
import type { BoundProblem } from "../problem.ts";

/** Every kernel is counted once: methods that draw a new mask at every step ask at every step. */
export function multiplyAddsOf(plan: Plan): NonNullable<BoundProblem["multiplyAdds"]> {
  const ofKernel = plan.kernels.map(multiplyAdds);
  const forward = plan.forward.flat(2);
  const both = [...forward, ...plan.backward.flat(2)];
  const ofAll = new Map<string, number>();
  return (wrt, { active, learning } = {}) => {
    const isAll = !active && !learning;
    const known = isAll ? ofAll.get(wrt) : undefined;
    if (known !== undefined) return known;
    const selection = select(plan, wrt, active, { learning });
    let total = 0;
    for (const op of selection.serves ? both : forward)
      if (runs(op, selection)) total += ofKernel[op.kernel] as number;
    if (isAll) ofAll.set(wrt, total);
    return total;
  };
}

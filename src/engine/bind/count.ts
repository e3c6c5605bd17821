/** @file Multiply-adds of passes over a plan, counted from its kernel calls. */
import { costOf } from "../compiler/cost.ts";
import type { Plan } from "../compiler/plan.ts";
import { select } from "../compiler/select.ts";
import type { BoundProblem } from "../problem.ts";

/** Settings whose count is remembered; methods that draw masks meet the rest once. */
const remembered = 64;

export function multiplyAddsOf(plan: Plan): NonNullable<BoundProblem["multiplyAdds"]> {
  const known = new Map<string, number>();
  return (wrt, active) => {
    const key = JSON.stringify([wrt, active]);
    const count = known.get(key) ?? costOf(plan, select(plan, wrt, active)).multiplyAdds;
    if (known.size < remembered) known.set(key, count);
    return count;
  };
}

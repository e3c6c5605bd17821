/** @file What every binding of a supernet leaves as the supernet has it. */
import type { Problem, Supernet } from "../problem.ts";

/** A bound problem's part that needs no executor: its groups, how it begins, and α's way to a mixture and back. */
export const carried = ({
  groups,
  initWeights,
  initAlpha,
  relax,
  pullBack,
  filters,
}: Supernet): Pick<
  Problem,
  "groups" | "initWeights" | "initAlpha" | "relax" | "pullBack" | "filters"
> => ({
  groups,
  initWeights,
  initAlpha,
  relax,
  ...(pullBack && { pullBack }),
  ...(filters && { filters }),
});

/** @file What a search step will take, before one is taken: the plan's count over this machine's rate. */
import { arenaBytes, costOf } from "../compiler/cost.ts";
import type { Plan } from "../compiler/plan.ts";
import { select } from "../compiler/select.ts";
import { SpecError } from "../errors.ts";
import type { PassCost, Wrt } from "../problem.ts";
import { simdPeak } from "../wasm/peak.ts";

/** More than a page may ask of a student's laptop. */
const limitBytes = 2 * 2 ** 30;
/** Share of the peak that whole steps reach, and what a second thread adds: docs/performance.md. */
const [sharePeak, secondThread] = [0.45, 0.7];

let peak: Promise<number> | undefined;

/** Throws `SpecError` with a suggestion if a supernet needs more than two gigabytes. */
export function checkMemory(bytes: number): void {
  if (bytes > limitBytes)
    throw new SpecError(
      `the supernet needs ${(bytes / 2 ** 30).toFixed(1)} GB of memory and 2 GB are allowed; ` +
        "fewer cells, channels, units or nodes, or a smaller batch, need less",
    );
}

/** Throws `SpecError` with a suggestion if the plan needs more than two gigabytes. */
export async function estimate(plan: Plan, threads: number): Promise<PassCost> {
  const bytes = arenaBytes(plan, threads);
  checkMemory(bytes);
  peak ??= simdPeak();
  const perMs = (await peak) * 1e6 * sharePeak * (1 + secondThread * (threads - 1));
  const ms = (wrt: Wrt) => costOf(plan, select(plan, wrt)).multiplyAdds / perMs;
  const [weights, mixture, both, none] = (["weights", "mixture", "both", "none"] as const).map(
    ms,
  ) as [number, number, number, number];
  return { bytes, ms: { weights, mixture, both, none } };
}

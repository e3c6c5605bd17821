/** @file What a compiled network takes on this machine, before it is run: memory, and multiply-adds a millisecond. */
import { arenaBytes } from "../compiler/cost.ts";
import type { Plan } from "../compiler/plan.ts";
import { SpecError } from "../errors.ts";
import type { PassCost } from "../problem.ts";
import { simdPeak } from "../wasm/peak.ts";

/** More than a page may ask of a student's laptop. */
const limitBytes = 2 * 2 ** 30;
/** Share of the peak that whole passes reach, and what each further thread adds: docs/performance.md. */
const [sharePeak, furtherThread] = [0.53, 0.75];

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
  const rate = (await peak) * 1e6 * sharePeak * (1 + furtherThread * (threads - 1));
  return { bytes, rate };
}

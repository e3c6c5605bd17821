/** @file Compiles a network so that it fits a device: everything is kept where there is room, which saves dispatches. */
import { compile } from "../compiler/compile.ts";
import type { Plan } from "../compiler/plan.ts";
import type { Keep } from "../compiler/values.ts";
import type { Network } from "../network/network.ts";

const keeps: readonly Keep[] = ["all", "filters", "convolutions", "states"];

/** The first plan whose arena fits one buffer, else the smallest, which the executor will refuse. */
export function compileFor(
  limits: Pick<GPUSupportedLimits, "maxStorageBufferBindingSize" | "maxBufferSize">,
  network: Network,
  batch: number,
): Plan {
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  let plan: Plan | undefined;
  for (const keep of keeps) {
    plan = compile(network, batch, { keep });
    if (4 * plan.floats <= most) break;
  }
  return plan as Plan;
}

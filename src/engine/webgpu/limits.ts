/** @file Holds a lowered plan against a device's limits. */
import { BackendError } from "../errors.ts";
import type { LoweredPlan } from "./lowered.ts";

type Limits = Pick<
  GPUSupportedLimits,
  "maxStorageBufferBindingSize" | "maxBufferSize" | "maxComputeWorkgroupsPerDimension"
>;

/** Throws `BackendError` naming the limit, what the plan needs and what the device has. */
export function checkLimits(lowered: LoweredPlan, limits: Limits): void {
  const { planes, scalars, rows, chosen, dispatches } = lowered;
  const largest = 4 * Math.max(planes, scalars, rows.length, chosen);
  const need = (limit: keyof Limits, needed: number, what: string): void => {
    if (needed > limits[limit])
      throw new BackendError(
        `the network needs ${what} on WebGPU; this device's ${limit} is ${limits[limit]}. ` +
          "A smaller batch, fewer channels or cells may fit",
      );
  };
  const bytes = `a buffer of ${largest} bytes`;
  need("maxStorageBufferBindingSize", largest, bytes);
  need("maxBufferSize", largest, bytes);
  for (const { key, groups, capacity } of dispatches) {
    const workgroups = Math.max(groups, capacity);
    need("maxComputeWorkgroupsPerDimension", workgroups, `${workgroups} workgroups for ${key}`);
  }
}

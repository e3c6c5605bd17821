/** @file The machine in words, as a figure's caption needs it. */
import { arch, availableParallelism, cpus, loadavg, platform } from "node:os";

/** Processor, cores, versions, the load before anything was measured, and the date. */
export function machine(versions: readonly string[]): string {
  const model = (cpus()[0]?.model ?? arch()).trim();
  const cores = availableParallelism();
  const [load = 0] = loadavg();
  const before = platform() === "win32" ? [] : [`load ${load.toFixed(1)} before`];
  const date = new Date().toISOString().slice(0, 10);
  return [model, `${cores} cores`, ...versions, ...before, date].join(", ");
}

/** @file What a benchmark found, as data: the line of `--json`, and what tables and bars are made from. */
import type { EngineId, PresetName, StepName } from "./engine.ts";
import type { Measured } from "./rounds.ts";
import { median, minimum } from "./stats.ts";

/** One kind of step on one engine. */
export interface Row extends EngineId {
  readonly step: StepName;
  readonly medianMs: number;
  readonly minMs: number;
  /** Kernels that a step launches, the median where it varies; null where they are not ours to count. */
  readonly dispatches: number | null;
  /** Null where there is no arena. */
  readonly arenaBytes: number | null;
}
/** One run of the benchmark. */
export interface Result {
  readonly preset: PresetName;
  /** Processor, cores and versions in words. */
  readonly machine: string;
  /** Multiply-adds a second of one core, in thousands of millions; undefined if not measured. */
  readonly peak: number | undefined;
  readonly measured: readonly Measured[];
}

/** A row for every engine and kind of step. */
export const rowsOf = ({ measured }: Result): Row[] =>
  measured.flatMap(({ id, prepared, samples }) =>
    Object.entries(samples).map(([step, taken]): Row => {
      const times = taken.map(({ ms }) => ms);
      const launches = taken.flatMap(({ dispatches }) => dispatches ?? []);
      return {
        ...id,
        step: step as StepName,
        medianMs: rounded(median(times)),
        minMs: rounded(minimum(times)),
        dispatches: launches.length > 0 ? Math.round(median(launches)) : null,
        arenaBytes: prepared.arenaBytes ?? null,
      };
    }),
  );

/** One line. α alone is half of `darts1` and has no place in this shape; the tables have it. */
export const toJson = (result: Result): string =>
  JSON.stringify({
    preset: result.preset,
    machine: result.machine,
    rows: rowsOf(result).filter(({ step }) => step !== "alpha"),
  });

const rounded = (ms: number): number => Math.round(1000 * ms) / 1000;

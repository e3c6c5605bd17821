/** @file A run's past as the page keeps it: losses, α after every step, genotypes, and what was changed when. */
import type { Burst, StepRecord, Tuned } from "../../protocol/messages.ts";
import type { RunSpec, Tuning } from "../../protocol/spec.ts";
import { type Change, flipsIn } from "../viz/changes.ts";
import { type Cost, withCosts } from "../viz/costs.ts";
import { appendTrace, beginTrace, cutTrace, maxRows, type Trace, thinTrace } from "../viz/trace.ts";

/** All that is needed to show any moment of a run, and to take its steps again. */
export interface History {
  /** One a step. */
  readonly records: readonly StepRecord[];
  /** Absent until the run is made. */
  readonly trace: Trace | undefined;
  /** From the first genotype on, one entry for each that differs from the one before. */
  readonly changes: readonly Change[];
  /** The spec that the run began with. */
  readonly begun: RunSpec | undefined;
  /** Live changes, ascending. */
  readonly tunings: readonly Tuned[];
  /** What the steps up to each took; absent where that was not counted, as in a file. */
  readonly costs?: readonly Cost[];
  /** α is rounded to multiples of this; absent where it is exact. */
  readonly rounding?: number;
}
export const noHistory: History = {
  records: [],
  trace: undefined,
  changes: [],
  begun: undefined,
  tunings: [],
};

/** The past of a run that was just made, from its first look. */
export function historyOf(spec: RunSpec, look: Burst): History {
  return {
    records: look.records,
    trace: beginTrace(0, look.alpha),
    changes: [{ steps: 0, genotype: look.genotype }],
    begun: spec,
    tunings: [],
  };
}

/** With the steps of a burst added, and thinned if the trace has grown too long. */
export function withBurst(past: History, burst: Burst): Partial<History> {
  const { records } = burst;
  const done = past.records.length;
  const changes = burst.changes.length > 0 ? past.changes.concat(burst.changes) : past.changes;
  const trace = past.trace && appendTrace(past.trace, done + 1, records.length, burst.trace);
  return {
    records: past.records.concat(records),
    costs: withCosts(past.costs ?? [], done, burst),
    changes,
    trace: trace && trace.length > maxRows ? thinTrace(trace, new Set(flipsIn(changes))) : trace,
  };
}

/** With the genotype of a look, where a hand on α has made it another since the last step. */
export const withLook = ({ changes, records }: History, { genotype }: Burst): Partial<History> =>
  changes.at(-1)?.genotype.text === genotype.text
    ? {}
    : { changes: [...changes, { steps: records.length, genotype }] };

/** The settings in force when `steps` steps were taken; undefined before the run is made. */
export function specAt({ begun, tunings }: History, steps: number): RunSpec | undefined {
  if (!begun) return undefined;
  let { hyper, weightOptimizer, alphaOptimizer } = begun;
  for (const { steps: when, patch } of tunings) {
    if (when > steps) break;
    weightOptimizer = patch.weightOptimizer ?? weightOptimizer;
    alphaOptimizer = patch.alphaOptimizer ?? alphaOptimizer;
    hyper = { ...hyper, ...patch.hyper };
  }
  return { ...begun, hyper, weightOptimizer, alphaOptimizer };
}

/** With one live change added. */
export const tunedAt = (
  { tunings }: History,
  { step, patch }: { readonly step: number; readonly patch: Tuning },
): Partial<History> => ({ tunings: [...tunings, { steps: step, patch }] });

/** The past as it was when `steps` steps were taken; nothing in it is shared with what comes after. */
export const cutHistory = (past: History, steps: number): History => ({
  records: past.records.slice(0, steps),
  trace: past.trace && cutTrace(past.trace, steps),
  changes: past.changes.filter((change) => change.steps <= steps),
  begun: past.begun,
  costs: (past.costs ?? []).slice(0, steps),
  tunings: past.tunings.filter((tuned) => tuned.steps <= steps),
});

/** @file Takes a recorded run's steps again on this machine and compares α bit for bit, or as far as it was recorded. */
import type { RunId, RunSpec } from "../../protocol/spec.ts";
import { rowAt, type Trace } from "../viz/trace.ts";
import type { History } from "./history.ts";
import { type EngineLink, endRun } from "./store.ts";

/** How far a comparison has come, and what it found. */
export type Verdict =
  | { readonly kind: "running"; readonly done: number; readonly total: number }
  /** `rounding`: α was recorded as multiples of this; absent for exactly. */
  | { readonly kind: "identical"; readonly steps: number; readonly rounding?: number }
  | {
      readonly kind: "differs";
      /** After how many steps α first differs, and in which entry. */
      readonly steps: number;
      readonly group: string;
      readonly entry: number;
      readonly recorded: number;
      readonly computed: number;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** Starts the comparison under the name `runId`, which no other run has. Returns how to call it off. */
export function verify(
  link: EngineLink,
  runId: RunId,
  recorded: History,
  tell: (verdict: Verdict) => void,
): () => void {
  const { store, send } = link;
  const { begun, tunings, trace, rounding } = recorded;
  const total = recorded.records.length;
  const { backend } = store.getState();
  if (!begun || !trace || !backend) {
    tell({ kind: "failed", reason: "the engine is not ready" });
    return () => {};
  }
  let row = 0;
  const end = () => {
    stop();
    endRun(link, runId);
  };
  const finish = (verdict: Verdict) => {
    end();
    tell(verdict);
  };
  const stop = store.subscribe((now, before) => {
    const run = now.runs[runId];
    if (!run || run === before.runs[runId]) return;
    if (run.error) return finish({ kind: "failed", reason: run.error.message });
    const done = run.records.length;
    for (; row < trace.length && (trace.steps[row] as number) <= done; row++) {
      const found = run.trace && difference(trace, row, run.trace, rounding);
      if (found) return finish({ kind: "differs", steps: trace.steps[row] as number, ...found });
    }
    if (row >= trace.length)
      finish({ kind: "identical", steps: total, ...(rounding && { rounding }) });
    else tell({ kind: "running", done, total });
  });
  tell({ kind: "running", done: 0, total });
  const spec: RunSpec = { ...begun, backend: backend.id };
  send({ kind: "create", runId, spec, tunings });
  send({ kind: "play", runId, until: total });
  return end;
}

/**
 * The first entry of a row whose bits differ, or which is further off than it was rounded; undefined if there is none, or the
 * other trace has thinned that row out.
 */
function difference(recorded: Trace, row: number, computed: Trace, rounding?: number) {
  const steps = recorded.steps[row] as number;
  const other = rowAt(computed, steps);
  if (computed.steps[other] !== steps) return undefined;
  for (const [group, width] of Object.entries(recorded.widths)) {
    if (computed.widths[group] !== width)
      return { group, entry: 0, recorded: width, computed: computed.widths[group] ?? 0 };
    for (let entry = 0; entry < width; entry++) {
      const was = recorded.rows[group]?.[row * width + entry] ?? 0;
      const is = computed.rows[group]?.[other * width + entry] ?? 0;
      // Tells −0 from 0, which === does not.
      const isSame = rounding ? Math.abs(was - is) <= rounding / 2 : Object.is(was, is);
      if (!isSame) return { group, entry, recorded: was, computed: is };
    }
  }
  return undefined;
}

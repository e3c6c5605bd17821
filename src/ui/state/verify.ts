/** @file Takes steps again on this machine and compares α: with every row of a file, or with the digest of a link. */
import type { Tuned } from "../../protocol/messages.ts";
import type { RunId, RunSpec } from "../../protocol/spec.ts";
import { decisionsOf } from "../viz/changes.ts";
import { compareDigests, type Digest, digestOf, type Span } from "../viz/digest.ts";
import { rowAt, type Trace } from "../viz/trace.ts";
import type { History } from "./history.ts";
import { type EngineLink, endRun, type RunView } from "./store.ts";

/** How far a comparison has come, and what it found. */
export type Verdict =
  /** `differs`: the first step after which α was another. */
  | {
      readonly kind: "running";
      readonly done: number;
      readonly total: number;
      readonly differs?: number;
    }
  /** `rounding`: α was recorded as multiples of this; absent for exactly. */
  | { readonly kind: "identical"; readonly steps: number; readonly rounding?: number }
  | ({
      readonly kind: "differs";
      /** After how many steps α first differs, and in which entry. */
      readonly steps: number;
      readonly group: string;
      readonly entry: number;
      readonly recorded: number;
      readonly computed: number;
    } & Likeness)
  /** From a digest: α's bits part between two of its rungs, and `most` holds 19 times out of 20. */
  | ({ readonly kind: "parts"; readonly bits: Span; readonly here: Digest } & Likeness)
  | { readonly kind: "failed"; readonly reason: string };

/** How much alike two runs are that are not the same to the last bit. */
export interface Likeness {
  /** Steps that were compared. */
  readonly total: number;
  /** The largest difference of an entry of α. */
  readonly most: number;
  /** About how much an entry differs; absent where `most` is exact. */
  readonly typical?: number;
  /** Where the first other decision was made; undefined for nowhere. */
  readonly decisions: Span | undefined;
  /** Whether both end with the same genotype. */
  readonly isSameChoice: boolean;
}
type Tell = (verdict: Verdict) => void;

/** Up to here α of two backends is called the same: it is what rounding grows to, not what another search does. */
export const tolerance = 1e-3;

interface Replay {
  /** Of any backend: it is computed on the one in use. */
  readonly spec: RunSpec | undefined;
  readonly tunings: readonly Tuned[];
  readonly total: number;
  /** What is known of a run that has come this far; anything but "running" ends it. */
  judge(run: RunView): Verdict;
}

/** Starts a run under the name `runId`, which no other has, and judges it as it goes. Returns how to call it off. */
function replay(link: EngineLink, runId: RunId, wanted: Replay, tell: Tell): () => void {
  const { store, send } = link;
  const { spec, tunings, total, judge } = wanted;
  const { backend } = store.getState();
  if (!spec || !backend) {
    tell({ kind: "failed", reason: "the engine is not ready" });
    return () => {};
  }
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    stop();
    endRun(link, runId);
  };
  const stop = store.subscribe((now, before) => {
    const run = now.runs[runId];
    if (!run || run === before.runs[runId]) return;
    const verdict: Verdict = run.error ? { kind: "failed", reason: run.error.message } : judge(run);
    if (verdict.kind !== "running") end();
    tell(verdict);
  });
  tell({ kind: "running", done: 0, total });
  send({ kind: "create", runId, spec: { ...spec, backend: backend.id }, tunings });
  send({ kind: "play", runId, until: total });
  return end;
}

/** Compares every row of a recorded run. */
export function verify(link: EngineLink, runId: RunId, recorded: History, tell: Tell): () => void {
  const { begun, tunings, trace, rounding, changes } = recorded;
  const total = recorded.records.length;
  let [row, most] = [0, 0];
  let first: (Entry & { readonly steps: number }) | undefined;
  const judge = (run: RunView): Verdict => {
    const done = run.records.length;
    if (!trace) return { kind: "failed", reason: "the file holds no α" };
    for (; row < trace.length && (trace.steps[row] as number) <= done; row++) {
      const found = run.trace && difference(trace, row, run.trace, rounding);
      if (found === "other cells") return { kind: "failed", reason: "its cells are others here" };
      most = Math.max(most, found?.most ?? 0);
      if (found?.first && !first) first = { ...found.first, steps: trace.steps[row] as number };
    }
    if (row < trace.length)
      return { kind: "running", done, total, ...(first && { differs: first.steps }) };
    if (!first) return { kind: "identical", steps: total, ...(rounding && { rounding }) };
    const [theirs, ours] = [decisionsOf(changes), decisionsOf(run.changes)];
    const at = firstOther(theirs, ours);
    return {
      ...{ kind: "differs", ...first, total, most },
      decisions: at === undefined ? undefined : { after: Math.max(0, at - 1), by: at },
      isSameChoice: theirs.at(-1)?.choice === ours.at(-1)?.choice,
    };
  };
  return replay(link, runId, { spec: trace && begun, tunings, total, judge }, tell);
}

/** Compares a run of this spec with what a link says that it came to. */
export function verifyDigest(
  link: EngineLink,
  runId: RunId,
  spec: RunSpec | undefined,
  reached: Digest,
  tell: Tell,
): () => void {
  const total = reached.steps;
  const judge = (run: RunView): Verdict => {
    const done = run.records.length;
    if (done < total || !run.trace) return { kind: "running", done, total };
    const here = digestOf(run.trace, run.changes, total);
    return here
      ? verdictOn(reached, here, run)
      : { kind: "failed", reason: "not every step of it was kept" };
  };
  return replay(link, runId, { spec, tunings: [], total, judge }, tell);
}

/** What two digests of as many steps say, the second of `run`. */
export function verdictOn(reached: Digest, here: Digest, { trace }: History): Verdict {
  const entries = Object.values(trace?.widths ?? {}).reduce((sum, width) => sum + width, 0);
  const { bits, ...likeness } = compareDigests(reached, here, entries);
  const total = reached.steps;
  if (!bits) return { kind: "identical", steps: total };
  return { kind: "parts", bits, here, total, ...likeness };
}

type Decisions = ReturnType<typeof decisionsOf>;
/** The step of the first decision that only one of them made. */
function firstOther(a: Decisions, b: Decisions): number | undefined {
  const count = Math.max(a.length, b.length);
  for (let i = 0; i < count; i++) {
    const [left, right] = [a[i], b[i]];
    if (left?.steps !== right?.steps || left?.choice !== right?.choice)
      return Math.min(left?.steps ?? Infinity, right?.steps ?? Infinity);
  }
  return undefined;
}

interface Entry {
  readonly group: string;
  readonly entry: number;
  readonly recorded: number;
  readonly computed: number;
}

/**
 * The largest difference in a row, and the first entry whose bits differ, or which is further off than it was rounded;
 * undefined if the other trace has thinned that row out.
 */
function difference(recorded: Trace, row: number, computed: Trace, rounding?: number) {
  const steps = recorded.steps[row] as number;
  const other = rowAt(computed, steps);
  if (computed.steps[other] !== steps) return undefined;
  let most = 0;
  let first: Entry | undefined;
  for (const [group, width] of Object.entries(recorded.widths)) {
    if (computed.widths[group] !== width) return "other cells" as const;
    for (let entry = 0; entry < width; entry++) {
      const was = recorded.rows[group]?.[row * width + entry] ?? 0;
      const is = computed.rows[group]?.[other * width + entry] ?? 0;
      const far = Object.is(was, is) ? 0 : Math.abs(was - is);
      // What is no number here lies as far off as can be.
      most = Math.max(most, Number.isNaN(far) ? Infinity : far);
      // Tells −0 from 0, which === does not.
      const isSame = rounding ? far <= rounding / 2 : Object.is(was, is);
      if (!isSame) first ??= { group, entry, recorded: was, computed: is };
    }
  }
  return { most, first };
}

/** @file A page's runs as they can be kept and gone on with: settings, checkpoints, and the past behind them. */
import type { BackendId, RunSpec } from "../../protocol/spec.ts";
import { cutHistory, type History } from "./history.ts";
import type { Lane, LaneOrigin } from "./lanes.ts";
import type { Settings } from "./settings.ts";
import type { RunView } from "./store.ts";

/** Saves of another version are of no use and are forgotten. */
export const saveVersion = 1;

/** One run at a moment, with all that is needed to go on from there exactly. */
export interface SavedRun {
  readonly begun: RunSpec;
  /** Up to the checkpoint. */
  readonly past: History;
  readonly steps: number;
  readonly checkpoint: ArrayBuffer;
  /** What it branched off from, and what its branches know it by. */
  readonly origin?: LaneOrigin;
  readonly line?: string;
}
/** A page's runs. */
export interface Save {
  readonly version: typeof saveVersion;
  /** Which page saved it. */
  readonly page: string;
  /** Milliseconds since 1970. */
  readonly savedMs: number;
  /** "DARTS · Tiny · step 412", as its offer reads. */
  readonly title: string;
  readonly backend: BackendId;
  readonly settings: Settings;
  /** In the order of the settings' lanes; undefined for one that had no checkpoint yet. */
  readonly runs: readonly (SavedRun | undefined)[];
  /** Whether something else was shown in its place, on the same page. */
  readonly isLeft?: true;
}

/** What can be kept of a run: undefined before its first checkpoint, and for a recorded one. */
export function savedRunOf(run: RunView | undefined, lane?: Lane): SavedRun | undefined {
  if (!run?.saved || !run.begun || run.status === "recorded") return undefined;
  const { steps, bytes } = run.saved;
  if (steps === 0 || steps > run.records.length) return undefined;
  return {
    begun: run.begun,
    past: cutHistory(run, steps),
    steps,
    checkpoint: bytes,
    ...(lane?.origin && { origin: lane.origin }),
    ...(lane?.line !== undefined && { line: lane.line }),
  };
}

/** The lanes that were saved while the engine was lost, by their ids. */
export const savedRunsOf = (
  lanes: readonly Lane[],
  of: (lane: Lane) => RunView | undefined,
): ReadonlyMap<string, SavedRun> =>
  new Map(
    lanes.flatMap((lane) => {
      const saved = savedRunOf(of(lane), lane);
      return saved ? [[lane.id, saved] as const] : [];
    }),
  );

/** @file Goes on with a search whose backend failed, on the next one, from its last good state. */
import { BackendError, type Run, type RunOptions } from "../engine/index.ts";
import type { BackendId } from "../protocol/spec.ts";

/** A run, and what computes it. */
export interface Started {
  readonly run: Run;
  readonly backend: BackendId;
  /** What it was begun with, for others of its kind. */
  readonly options: RunOptions;
}
/** Begins a run, or goes on from a checkpoint, on the first of these backends that works. */
export type Start = (wanted: readonly BackendId[], checkpoint?: ArrayBuffer) => Promise<Started>;

/** Rethrows `error` where it is no backend's, where no other backend is wanted, or where the state is lost, too. */
export async function takeOver(
  error: unknown,
  { run, backend }: Pick<Started, "run" | "backend">,
  wanted: readonly BackendId[],
  start: Start,
): Promise<Started> {
  const others = wanted.slice(wanted.indexOf(backend) + 1);
  if (!(error instanceof BackendError) || others.length === 0) throw error;
  const checkpoint = await run.checkpoint().catch(() => {
    throw error;
  });
  run.dispose();
  return start(others, checkpoint);
}

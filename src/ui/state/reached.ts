/** @file What a lane's run has come to, if a link's settings alone lead there: a digest, or why there is none. */
import type { RunSpec } from "../../protocol/spec.ts";
import { type Digest, digestOf } from "../viz/digest.ts";
import { maxRows } from "../viz/trace.ts";
import { isAlike } from "./alike.ts";
import { type Lane, specOf, waiting } from "./lanes.ts";
import type { EngineState } from "./store.ts";
import type { ViewState } from "./view.ts";

/** A digest, or a sentence's end: "settings were changed while it ran". */
export type Reached = { readonly digest: Digest } | { readonly why: string };

type Engine = Pick<EngineState, "runs" | "catalog" | "backend">;

/**
 * What its run has come to after `steps` steps, or so far; undefined where it has not come that far. A run counts only if
 * whoever begins anew with the lane's settings takes the same steps.
 */
export function reachedBy(
  lane: Lane,
  { setup }: Pick<ViewState, "setup">,
  { runs, catalog, backend }: Engine,
  steps?: number,
): Reached | undefined {
  const run = lane.runId === undefined ? undefined : runs[lane.runId];
  const done = steps ?? run?.records.length ?? 0;
  if (!run?.trace || !run.spec || !catalog || !backend) return undefined;
  if (done === 0 || done > run.records.length) return undefined;
  if (run.status === "recorded") return { why: "it is recorded: its file says what it came to" };
  if (lane.origin) return { why: "it branched off from another, and a link holds no past" };
  if (run.tunings.some(({ steps: when, patch }) => when > 0 || patch.steer))
    return { why: "settings or α were changed while it ran" };
  if (run.begun && run.begun.backend !== backend.id)
    return { why: "it was begun on another backend, which rounds differently" };
  const wanted = specOf(catalog, setup, lane, backend.id);
  if (!wanted || !holds(run.spec, wanted) || waiting(catalog, run.spec, wanted).length > 0)
    return { why: "some of its settings wait for a restart" };
  const digest = digestOf(run.trace, run.changes, done);
  return digest
    ? { digest }
    : { why: `of a run of more than ${maxRows} steps not every step is kept` };
}

/** Whether a run has all that is wanted, but for the sizes, of which it also names the defaults. */
function holds(has: RunSpec, { spaceHyper: _, taskHyper: __, hyper, ...rest }: RunSpec): boolean {
  const own: Readonly<Record<string, unknown>> = { ...has };
  return (
    Object.entries(rest).every(([name, value]) => isAlike(value, own[name])) &&
    Object.entries(hyper).every(([name, value]) => has.hyper[name] === value)
  );
}

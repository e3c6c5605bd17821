/** @file Runs beside the lanes, one after another: each to a number of steps, and judged if that is asked for. */
import type { Evaluated } from "../../protocol/messages.ts";
import type { RunId, RunSpec } from "../../protocol/spec.ts";
import { type EngineLink, endRun, type RunView } from "./store.ts";

/** One run of a series. */
export interface Leg {
  readonly spec: RunSpec;
  /** It ends here, or where its spec ends. */
  readonly steps: number;
  /** Which examples it is judged on at its end; absent for none. */
  readonly judgedOn?: "test";
}
/** What became of a leg: its run at the end, which has an `error` if it failed, and its verdict if there is one. */
export interface LegEnd {
  readonly run: RunView;
  readonly verdict: Evaluated | undefined;
  /** Why there is none. */
  readonly failure: string | undefined;
}
/** Whom a series tells. */
interface Told {
  /** A leg's run has changed. */
  onRun?(run: RunView): void;
  /** Says whether the series goes on. */
  onLeg(end: LegEnd, index: number): boolean;
  /** The series is over, or the engine is gone. Not called after `stop`. */
  onEnd(): void;
}

/** `prefix` begins the runs' names. A second series ends the first. */
export function createSeries(link: EngineLink, prefix: string) {
  const { store, send } = link;
  let made = 0;
  let callOff = () => {};

  function runLeg(legs: readonly Leg[], i: number, told: Told): void {
    const leg = legs[i];
    callOff = () => {};
    if (!leg) {
      told.onEnd();
      return;
    }
    const runId = `${prefix}${++made}` as RunId;
    let isJudging = false;
    const end = () => {
      unsubscribe();
      endRun(link, runId);
    };
    const unsubscribe = store.subscribe((now, before) => {
      const run = now.runs[runId];
      // The engine has died or was started anew.
      if (now.unusable || (before.runs[runId] && !run)) {
        unsubscribe();
        told.onEnd();
        return;
      }
      if (!run || run === before.runs[runId]) return;
      told.onRun?.(run);
      const isThere = run.records.length >= leg.steps || run.status === "finished";
      const failure = (run.error ?? run.refused)?.message;
      if (failure === undefined) {
        if (!isThere) return;
        if (leg.judgedOn && !run.evaluated) {
          if (!isJudging) send({ kind: "evaluate", runId, on: leg.judgedOn });
          isJudging = true;
          return;
        }
      }
      end();
      const goesOn = told.onLeg({ run, verdict: run.evaluated, failure }, i);
      runLeg(legs, goesOn ? i + 1 : legs.length, told);
    });
    callOff = end;
    send({ kind: "create", runId, spec: leg.spec });
    send({ kind: "play", runId, until: Math.min(leg.steps, leg.spec.steps) });
  }

  return {
    start(legs: readonly Leg[], told: Told): void {
      callOff();
      runLeg(legs, 0, told);
    },
    /** Ends what is running; what is done stays done. */
    stop(): void {
      callOff();
      callOff = () => {};
    },
  };
}

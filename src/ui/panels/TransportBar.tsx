/** @file Reset, Play, Step, and what is happening now. */
import { useEffect, useId, useState } from "react";
import { plural } from "../parts/format.ts";
import { Icon } from "../parts/Icon.tsx";
import { useActions, useEngine, useLive, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { describeEngine, describeRun, isStepping } from "./describe.ts";
import styles from "./TransportBar.module.css";
import { selectRun, useLanes } from "./use-lanes.ts";

export function TransportBar() {
  const { reset, play, pause, step } = useActions();
  const whyId = useId();
  const { canPlay, isPlaying, canStep, canReset, why } = useTransport();
  return (
    <nav id="transport" className={styles["bar"]} aria-label="Transport" tabIndex={-1}>
      <button
        type="button"
        className={`button ${styles["key"]}`}
        aria-disabled={!canReset}
        title="Same seed from the beginning (R)"
        onClick={() => canReset && reset()}
      >
        <Icon name="reset" />
        Reset
      </button>
      {/* One button for both, so that focus stays when its meaning turns. */}
      <button
        type="button"
        className={`button button-accent ${styles["key"]} ${styles["play"]}`}
        aria-disabled={!canPlay && !isPlaying}
        aria-describedby={why ? whyId : undefined}
        title={why ?? "Play or pause (Space)"}
        onClick={() => (isPlaying ? pause() : canPlay && play())}
      >
        <Icon name={isPlaying ? "pause" : "play"} />
        {isPlaying ? "Pause" : "Play"}
      </button>
      <button
        type="button"
        className={`button ${styles["key"]}`}
        aria-disabled={!canStep}
        title="One step (→)"
        onClick={() => canStep && step()}
      >
        <Icon name="step" />
        Step
      </button>
      {why && (
        <span id={whyId} className="visually-hidden">
          {why}
        </span>
      )}
      <SpeedLimit />
      <Happening />
    </nav>
  );
}

/** Steps per second that the eye can follow, and none. */
const limits = [1, 10, 60] as const;

function SpeedLimit() {
  const { setRateLimit } = useActions();
  const rate = useView((view) => view.rate);
  return (
    <select
      className={`select ${styles["speed"]}`}
      aria-label="Speed limit"
      title="Steps per second at most"
      value={rate ?? ""}
      onChange={({ target }) => setRateLimit(target.value ? Number(target.value) : undefined)}
    >
      {limits.map((limit) => (
        <option key={limit} value={limit}>
          ≤ {plural(limit, "step")}/s
        </option>
      ))}
      <option value="">Full speed</option>
    </select>
  );
}

/** What the three buttons can do, and why Play cannot. */
function useTransport() {
  const lanes = useLanes();
  const statuses = useEngine(({ runs }) =>
    lanes
      .map(({ runId }) => (runId === undefined ? undefined : runs[runId]?.status) ?? "waiting")
      .join(" "),
  ).split(" ");
  const isReady = useEngine(({ backend, unusable }) => !!backend && !unusable);
  const has = (status: string) => statuses.includes(status);
  const canPlay = isReady && (has("paused") || has("loading"));
  const isPlaying = isReady && has("playing");
  let why: string | undefined;
  if (!isReady) why = "The engine is not ready.";
  else if (!canPlay && !isPlaying)
    why = has("finished")
      ? "The run is finished: Reset starts it again."
      : "The run has stopped: Reset starts it again.";
  return { canPlay, isPlaying, canStep: isReady && has("paused"), canReset: isReady, why };
}

function Happening() {
  const lanes = useLanes();
  const choice = useView((view) => view.backendChoice);
  const engine = useEngine((state) => describeEngine(state, choice));
  return (
    <div className={`${styles["happening"]} numbers`}>
      {engine ? (
        <p className={styles["line"]}>{engine}</p>
      ) : (
        lanes.map((lane) => <LaneLine key={lane.id} lane={lane} isAlone={lanes.length === 1} />)
      )}
    </div>
  );
}

function LaneLine({ lane, isAlone }: { readonly lane: Lane; readonly isAlone: boolean }) {
  const run = useSampled(useLive(lane.runId, selectRun));
  const share = run?.spec ? run.records.length / run.spec.steps : 0;
  const sinceS = useSeconds(run?.records.length ?? 0, isStepping(run, lane));
  const text = describeRun(run, lane, sinceS);
  return (
    <div className={styles["lane"]} data-status={run?.status ?? "waiting"}>
      <p className={styles["line"]} title={text}>
        {!isAlone && <b>{lane.letter}: </b>}
        {text}
      </p>
      <progress
        className={styles["progress"]}
        max={1}
        value={share}
        aria-label={`Lane ${lane.letter}: share of the run`}
      />
    </div>
  );
}

/** Whole seconds since `mark` last changed, counted while `isOn`: a long step must not look like a frozen page. */
function useSeconds(mark: number, isOn: boolean): number {
  const [seconds, setSeconds] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new mark starts the count again.
  useEffect(() => {
    if (!isOn) return;
    const startMs = performance.now();
    const timer = setInterval(
      () => setSeconds(Math.floor((performance.now() - startMs) / 1000)),
      1000,
    );
    return () => {
      clearInterval(timer);
      setSeconds(0);
    };
  }, [mark, isOn]);
  return seconds;
}

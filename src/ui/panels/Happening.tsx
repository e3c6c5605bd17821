/** @file What each lane is doing, in a line, with its share of the run. */
import { useEffect, useState } from "react";
import { formatCount } from "../parts/format.ts";
import { useEngine, useMode, usePresent, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { describeEngine, describeRun, isStepping, longStepS } from "./describe.ts";
import styles from "./Happening.module.css";
import { selectRun, useLanes } from "./use-lanes.ts";

export function Happening() {
  const lanes = useLanes();
  const choice = useView((view) => view.backendChoice);
  const isPresenting = useMode((mode) => mode.isPresenting);
  const engine = useEngine((state) => describeEngine(state, choice));
  return (
    <div className={`${styles["happening"]} numbers`}>
      {engine ? (
        <p className={styles["line"]}>{engine}</p>
      ) : (
        lanes.map((lane) => (
          <LaneLine
            key={lane.id}
            lane={lane}
            isAlone={lanes.length === 1}
            isShort={lanes.length > (isPresenting ? 1 : 2)}
          />
        ))
      )}
    </div>
  );
}

interface LaneLineProps {
  readonly lane: Lane;
  readonly isAlone: boolean;
  /** Whether there is room for a few words only. */
  readonly isShort: boolean;
}

function LaneLine({ lane, isAlone, isShort }: LaneLineProps) {
  const run = useSampled(usePresent(lane.runId, selectRun));
  const share = run?.spec ? run.records.length / run.spec.steps : 0;
  const sinceS = useSeconds(run?.records.length ?? 0, isStepping(run, lane));
  const steps = run?.records.length ?? 0;
  const budget = useView(({ outOf }) => lane.runId && outOf[lane.runId]);
  const isOut = budget !== undefined && run?.status === "paused";
  const text = isOut
    ? `Paused at step ${formatCount(steps)}, ${budget}`
    : describeRun(run, lane, sinceS);
  // Beside others there is room for the steps, and whether they go on is said by Play.
  const isBusy = run?.progress !== undefined && run.progress.done < run.progress.total;
  const isUsual =
    steps > 0 &&
    !isOut &&
    (run?.status === "playing" || run?.status === "paused") &&
    sinceS < longStepS &&
    !isBusy;
  const isReady = steps === 0 && run?.status === "paused" && lane.stepsAsked === 0 && !isBusy;
  const all = isShort || !run?.spec ? "" : ` of ${formatCount(run.spec.steps)}`;
  const here = isReady ? "Ready" : `${isShort ? "" : "step "}${formatCount(steps)}${all}`;
  const short = (isUsual || isReady) && !isAlone ? here : undefined;
  return (
    <div className={styles["lane"]} data-status={run?.status ?? "waiting"}>
      <p className={styles["line"]} title={text}>
        {!isAlone && <b>{lane.letter}: </b>}
        {short ?? text}
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

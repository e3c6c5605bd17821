/** @file How far and how fast a lane is, and its newest losses; read four times a second at most. */
import { useEffect, useState } from "react";
import { formatCount, formatFixed, formatNumber } from "../parts/format.ts";
import { useLive, useSampled } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { createPace } from "../state/pace.ts";
import { msPerStepOf } from "../viz/costs.ts";
import { Accuracy } from "./Accuracy.tsx";
import { isToy } from "./describe.ts";
import styles from "./LaneNumbers.module.css";
import { selectRun, useIsText, usePreset } from "./use-lanes.ts";

/** A step slower than this is worth a word about a faster problem. */
const slowMs = 500;

export function LaneNumbers({ lane }: { readonly lane: Lane }) {
  const live = useLive(lane.runId, selectRun);
  const run = useSampled(live);
  const [pace] = useState(createPace);
  useEffect(() => {
    const look = () => {
      const now = live.get();
      if (now?.status === "playing") pace.saw(now.records.length, performance.now());
      else pace.rest();
    };
    look();
    return live.subscribe(look);
  }, [live, pace]);

  const isText = useIsText();
  const hasLabels = !isToy(usePreset()) && !isText;
  const last = run?.records.at(-1);
  const rate = pace.perSecond();
  const ms = msPerStepOf(run);
  const loss = (nats: number | undefined) =>
    nats === undefined ? "–" : formatFixed(isText ? nats / Math.LN2 : nats, 3);
  // The unit stands with the name, so that five numbers fit in one row.
  const numbers: readonly (readonly [name: string, value: string])[] = [
    ["step", formatCount(run?.records.length ?? 0)],
    ["steps / s", rate === undefined ? "–" : formatNumber(rate)],
    ["ms / step", ms === undefined ? "–" : formatNumber(ms)],
    [isText ? "train bits/char." : "train loss", loss(last?.trainLoss)],
    [isText ? "val. bits/char." : "val. loss", loss(last?.valLoss)],
  ];
  return (
    <>
      <div className={styles["row"]}>
        <b className="letter">{lane.letter}</b>
        <dl className={`${styles["numbers"]} numbers`}>
          {numbers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {hasLabels && <Accuracy lane={lane} />}
      {ms !== undefined && ms > slowMs && (
        <p className="soft">Slow on this backend; the Toy problem answers at once.</p>
      )}
    </>
  );
}

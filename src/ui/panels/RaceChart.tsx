/** @file The race: each lane's best value in large digits, its curves below, and what they are laid along. */

import type { StepRecord } from "../../protocol/messages.ts";
import { LossChart } from "../charts/LossChart.tsx";
import { Segmented } from "../parts/Segmented.tsx";
import { useActions, useSampled, useView } from "../state/app.ts";
import { at } from "../viz/at.ts";
import { axisWords, raceAxes } from "../viz/costs.ts";
import type { Live } from "../viz/live.ts";
import { bestOf, nearestOf } from "../viz/race.ts";
import styles from "./RaceChart.module.css";
import { useCurves, usePreset } from "./use-lanes.ts";

export function RaceChart() {
  const { setAxis, setLog, scrubTo } = useActions();
  const curves = useCurves();
  const axis = useView((view) => view.axis);
  const isLog = useView((view) => view.isLog);
  const moment = useView((view) => view.scrub);
  const isToy = usePreset()?.settings.task === "toy";
  return (
    <section className={styles["race"]} aria-label="Losses">
      <div className={styles["tools"]}>
        <Segmented
          label="Compare by"
          options={raceAxes.map((value) => ({ value, label: axisWords[value] }))}
          value={axis}
          onChange={setAxis}
        />
        <button
          type="button"
          className="button button-toggle"
          aria-pressed={isLog}
          title="A logarithmic loss axis"
          onClick={() => setLog(!isLog)}
        >
          log
        </button>
      </div>
      <div className={styles["chart"]}>
        <LossChart
          lanes={curves}
          yLabel={isToy ? "Loss" : "Cross-entropy (nats)"}
          axis={axis}
          logY={isLog}
          moment={moment}
          onTravel={scrubTo}
          note={(i) => (
            <Best records={at(curves, i).records} isLarge={curves.length <= 2} isToy={isToy} />
          )}
        />
      </div>
    </section>
  );
}

interface BestProps {
  readonly records: Live<readonly StepRecord[]>;
  readonly isLarge: boolean;
  readonly isToy: boolean;
}

/** A lane's best value, in the key of lanes. */
function Best({ records, isLarge, isToy }: BestProps) {
  const now = useSampled(records);
  const [loss, near] = [isToy ? undefined : bestOf(now), isToy ? nearestOf(now) : undefined];
  const what = isToy ? "Shortest distance to the optimum" : "Lowest validation loss of a batch";
  const best = loss?.loss ?? near?.distance;
  return (
    <b
      className={`${styles["best"]} numbers`}
      data-large={isLarge}
      title={`${what}, at iteration ${loss?.step ?? near?.step ?? "–"}`}
    >
      {best?.toFixed(3) ?? "–"}
    </b>
  );
}

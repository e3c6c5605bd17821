/** @file The race: each lane's best value in large digits, its curves below, and what they are laid along. */

import type { StepRecord } from "../../protocol/messages.ts";
import { LossChart } from "../charts/LossChart.tsx";
import { Segmented } from "../parts/Segmented.tsx";
import { useActions, useSampled, useView } from "../state/app.ts";
import { axisWords, raceAxes } from "../viz/costs.ts";
import type { Live } from "../viz/live.ts";
import { bestOf } from "../viz/race.ts";
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
          className="button"
          aria-pressed={isLog}
          title="A logarithmic loss axis"
          onClick={() => setLog(!isLog)}
        >
          log
        </button>
      </div>
      <dl className={`${styles["bests"]} numbers`} aria-label="Best validation loss">
        {curves.map(({ id, letter, records }) => (
          <Best key={id} letter={letter} records={records} />
        ))}
      </dl>
      <div className={styles["chart"]}>
        <LossChart
          lanes={curves}
          yLabel={isToy ? "Loss" : "Cross-entropy (nats)"}
          axis={axis}
          logY={isLog}
          moment={moment}
          onTravel={scrubTo}
        />
      </div>
    </section>
  );
}

interface BestProps {
  readonly letter: string;
  readonly records: Live<readonly StepRecord[]>;
}

function Best({ letter, records }: BestProps) {
  const best = bestOf(useSampled(records));
  return (
    <div title={best && `Lowest validation loss of a batch, at iteration ${best.step}`}>
      <dt>{letter}</dt>
      <dd>{best ? best.loss.toFixed(3) : "–"}</dd>
    </div>
  );
}

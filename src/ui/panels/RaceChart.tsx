/** @file The race: each lane's best value, or on the toy its true loss, in large digits, its curves below, and what they are laid along. */

import type { StepRecord } from "../../protocol/messages.ts";
import { LossChart } from "../charts/LossChart.tsx";
import { formatFixed } from "../parts/format.ts";
import { Segmented } from "../parts/Segmented.tsx";
import { useActions, useSampled, useView } from "../state/app.ts";
import { momentIn } from "../state/view.ts";
import { at } from "../viz/at.ts";
import { axisWords, raceAxes } from "../viz/costs.ts";
import type { Live } from "../viz/live.ts";
import { bestOf, upperLoss } from "../viz/race.ts";
import styles from "./RaceChart.module.css";
import { ReferenceKey } from "./ReferenceKey.tsx";
import { useCurves, usePreset } from "./use-lanes.ts";
import { useReferenceBand } from "./use-reference.ts";

export function RaceChart() {
  const { setAxis, setLog, scrubTo } = useActions();
  const curves = useCurves();
  const axis = useView((view) => view.axis);
  const isLog = useView((view) => view.isLog);
  const moment = useView(momentIn);
  const isToy = usePreset()?.settings.task === "toy";
  const band = useReferenceBand(axis);
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
          band={band}
          legend={<ReferenceKey />}
          moment={moment}
          onTravel={scrubTo}
          note={(i) => {
            const { records, past } = at(curves, i);
            const isLarge = curves.length <= 2;
            if (isToy) return <TrueLoss records={past} isLarge={isLarge} />;
            return <Best records={records} isLarge={isLarge} />;
          }}
        />
      </div>
    </section>
  );
}

interface FigureProps {
  readonly records: Live<readonly StepRecord[]>;
  readonly isLarge: boolean;
}

/** A lane's best value, in the key of lanes. */
function Best({ records, isLarge }: FigureProps) {
  const best = bestOf(useSampled(records));
  return (
    <span title={`Lowest validation loss of a batch, at iteration ${best?.step ?? "–"}`}>
      <b className={`${styles["best"]} numbers`} data-large={isLarge}>
        {best ? formatFixed(best.loss, 3) : "–"}
      </b>{" "}
      {isLarge && "lowest"}
    </span>
  );
}

/** The solvable model's: L_val falls for ever with a w that has not followed, so its lowest value says nothing. */
function TrueLoss({ records, isLarge }: FigureProps) {
  const loss = upperLoss(useSampled(records).at(-1)?.values?.["alpha"]);
  return (
    <span title="The validation loss once w has followed α to w*(α) = α: (α − 1)², 0 at the optimum">
      <b className={`${styles["best"]} numbers`} data-large={isLarge}>
        {loss === undefined ? "–" : formatFixed(loss, 3)}
      </b>{" "}
      {isLarge && "(α − 1)²"}
    </span>
  );
}

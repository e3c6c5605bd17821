/** @file The numbers: the race's curves, and below them what is asked of each lane. */
import { useView } from "../state/app.ts";
import { largeLanes } from "../state/view.ts";
import { GenotypeText } from "./GenotypeText.tsx";
import { LaneNumbers } from "./LaneNumbers.tsx";
import { RaceChart } from "./RaceChart.tsx";
import styles from "./ReadoutPanel.module.css";
import { ToyResult } from "./ToyResult.tsx";
import { useLanes, usePreset } from "./use-lanes.ts";

export function ReadoutPanel() {
  return (
    <aside className={styles["panel"]} aria-label="Results">
      <RaceChart />
      <LaneResults />
    </aside>
  );
}

/** Of the lanes that are drawn large; all are in the chart. */
function LaneResults() {
  const lanes = useLanes();
  const front = useView((view) => view.front);
  const isToy = usePreset()?.settings.task === "toy";
  return largeLanes({ lanes, front }).map((lane) => (
    <section key={lane.id} className={styles["lane"]} aria-label={`Results of lane ${lane.letter}`}>
      <LaneNumbers lane={lane} />
      {isToy ? <ToyResult lane={lane} /> : <GenotypeText lane={lane} />}
    </section>
  ));
}

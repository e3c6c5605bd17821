/** @file The numbers: loss curves, and for each lane its speed, its losses and the genotype found so far. */
import { LossChart } from "../charts/LossChart.tsx";
import { GenotypeText } from "./GenotypeText.tsx";
import { LaneNumbers } from "./LaneNumbers.tsx";
import styles from "./ReadoutPanel.module.css";
import { ToyResult } from "./ToyResult.tsx";
import { useCurves, useLanes, usePreset } from "./use-lanes.ts";

export function ReadoutPanel() {
  const lanes = useLanes();
  const curves = useCurves();
  const isToy = usePreset()?.settings.task === "toy";
  return (
    <aside className={styles["panel"]} aria-label="Results">
      <section className={styles["chart"]} aria-label="Losses">
        <LossChart lanes={curves} yLabel={isToy ? "Loss" : "Cross-entropy (nats)"} />
      </section>
      {lanes.map((lane) => (
        <section
          key={lane.id}
          className={styles["lane"]}
          aria-label={`Results of lane ${lane.letter}`}
        >
          <LaneNumbers lane={lane} />
          {isToy ? <ToyResult lane={lane} /> : <GenotypeText lane={lane} />}
        </section>
      ))}
    </aside>
  );
}

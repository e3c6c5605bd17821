/** @file The numbers: the race's curves, and below them what is asked of each lane. */
import { memo, startTransition, useState } from "react";
import { Segmented } from "../parts/Segmented.tsx";
import { useView } from "../state/app.ts";
import { largeLanes } from "../state/view.ts";
import { CostPanel } from "./CostPanel.tsx";
import { GenotypeText } from "./GenotypeText.tsx";
import { HealthPanel } from "./HealthPanel.tsx";
import { LaneNumbers } from "./LaneNumbers.tsx";
import { LogPanel } from "./LogPanel.tsx";
import { RaceChart } from "./RaceChart.tsx";
import styles from "./ReadoutPanel.module.css";
import { RefereePanel } from "./RefereePanel.tsx";
import { SeedsPanel } from "./SeedsPanel.tsx";
import { ToyResult } from "./ToyResult.tsx";
import { useLanes, usePreset } from "./use-lanes.ts";

type Sheet = (typeof sheets)[number]["value"];
const sheets = [
  { value: "lanes", label: "Lanes" },
  { value: "health", label: "Health" },
  { value: "cost", label: "Cost" },
  { value: "seeds", label: "Seeds" },
  { value: "referee", label: "Referee" },
  { value: "log", label: "Log" },
] as const;

export function ReadoutPanel() {
  return (
    <aside className={styles["panel"]} aria-label="Results">
      <RaceChart />
      <Sheets />
    </aside>
  );
}

/** What is chosen is marked at once; its sheet is drawn in turns. */
function Sheets() {
  const [chosen, setChosen] = useState<Sheet>("lanes");
  const [sheet, setSheet] = useState<Sheet>("lanes");
  const choose = (next: Sheet) => {
    setChosen(next);
    startTransition(() => setSheet(next));
  };
  return (
    <div className={styles["sheets"]}>
      <Segmented label="Below the race" options={sheets} value={chosen} onChange={choose} />
      <SheetOf sheet={sheet} />
    </div>
  );
}

const SheetOf = memo(function SheetOf({ sheet }: { readonly sheet: Sheet }) {
  if (sheet === "lanes") return <LaneResults />;
  return (
    <div className={`panel ${styles["sheet"]}`}>
      {sheet === "health" && <HealthPanel />}
      {sheet === "cost" && <CostPanel />}
      {sheet === "seeds" && <SeedsPanel />}
      {sheet === "referee" && <RefereePanel />}
      {sheet === "log" && <LogPanel />}
    </div>
  );
});

/** Of the lanes that are drawn large; all are in the chart. */
function LaneResults() {
  const lanes = useLanes();
  const front = useView((view) => view.front);
  const isToy = usePreset()?.settings.task === "toy";
  return (
    <div className={styles["lanes"]}>
      {largeLanes({ lanes, front }).map((lane) => (
        <section
          key={lane.id}
          className={`panel ${styles["lane"]}`}
          aria-label={`Results of lane ${lane.letter}`}
        >
          <LaneNumbers lane={lane} />
          {isToy ? <ToyResult lane={lane} /> : <GenotypeText lane={lane} />}
        </section>
      ))}
    </div>
  );
}

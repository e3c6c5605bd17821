/** @file The picture in the middle: each lane's cell as ropes with its α beneath, or the toy's phase plane. */

import type { AlphaGroup } from "../../protocol/spec.ts";
import { AlphaStrip } from "../charts/AlphaStrip.tsx";
import { CellGraph } from "../charts/CellGraph.tsx";
import { Segmented } from "../parts/Segmented.tsx";
import { useActions, useLive, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { groupName, isToy, stageNotes } from "./describe.ts";
import { LaneAlert } from "./LaneAlert.tsx";
import { LaneHead } from "./LaneHead.tsx";
import { Ribbon } from "./Ribbon.tsx";
import styles from "./StagePanel.module.css";
import { ToyStage } from "./ToyStage.tsx";
import { useLanes, usePreset, useRun } from "./use-lanes.ts";

export function StagePanel() {
  const lanes = useLanes();
  const preset = usePreset();
  const shown = useView((view) => view.cell);
  return (
    <main id="stage" className={styles["stage"]} tabIndex={-1} aria-label="Search">
      {lanes.map((lane) => (
        <LaneAlert key={lane.id} lane={lane} />
      ))}
      {lanes.length === 0 && <p className={styles["empty"]}>The page is starting its engine…</p>}
      {isToy(preset) ? (
        <ToyStage />
      ) : (
        <>
          {lanes[0] && <CellTabs lane={lanes[0]} />}
          <div className={styles["lanes"]}>
            {lanes.map((lane) => (
              <LaneCell key={lane.id} lane={lane} shown={shown} />
            ))}
          </div>
        </>
      )}
    </main>
  );
}

const noGroups: readonly AlphaGroup[] = [];

function CellTabs({ lane }: { readonly lane: Lane }) {
  const { showCell } = useActions();
  const shown = useView((view) => view.cell);
  const groups = useRun(lane, (run) => run.groups) ?? noGroups;
  const note = stageNotes[usePreset()?.settings.task ?? ""];
  return (
    <div className={styles["head"]}>
      {groups.length > 1 && (
        <Segmented
          label="Cell on show (N)"
          options={groups.map((group, i) => ({ value: String(i), label: groupName(group) }))}
          value={String(shown)}
          onChange={(value) => showCell(Number(value))}
        />
      )}
      <p className="soft">
        Ropes are edges, strands softmax(α). Outlined edges are kept.
        {note && <br />}
        {note}
      </p>
    </div>
  );
}

function LaneCell({ lane, shown }: { readonly lane: Lane; readonly shown: number }) {
  const group = useRun(lane, (run) => run.groups[shown]);
  return (
    <section className={styles["lane"]} aria-label={`Lane ${lane.letter}`} data-lane={lane.letter}>
      <LaneHead lane={lane} />
      {group ? (
        <GroupView lane={lane} group={group} />
      ) : (
        <p className={styles["empty"]}>The cell appears as soon as the run is ready.</p>
      )}
    </section>
  );
}

function GroupView({ lane, group }: { readonly lane: Lane; readonly group: AlphaGroup }) {
  const [selectAlpha, selectKept] = selectorsFor(group.name);
  const alpha = useLive(lane.runId, selectAlpha);
  const kept = useLive(lane.runId, selectKept);
  const name = `Lane ${lane.letter}, ${groupName(group).toLowerCase()}`;
  return (
    <>
      <div className={styles["cell"]}>
        <CellGraph label={name} group={group} alpha={alpha} kept={kept} />
      </div>
      <div className={styles["strip"]}>
        <AlphaStrip label={`${name}: α of every edge and operation`} group={group} alpha={alpha} />
      </div>
      <Ribbon lane={lane} group={group} />
    </>
  );
}

/** One pair of selectors per group name, so that live values keep their identity between renders. */
const selectors = new Map<string, ReturnType<typeof makeSelectors>>();
const makeSelectors = (name: string) =>
  [
    (run: RunView | undefined) => run?.latest?.alpha[name],
    (run: RunView | undefined) => run?.latest?.genotype.groups[name],
  ] as const;
function selectorsFor(name: string) {
  const known = selectors.get(name) ?? makeSelectors(name);
  selectors.set(name, known);
  return known;
}

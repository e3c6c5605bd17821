/** @file The picture in the middle: each lane's cell as ropes with its α beneath, or the toy's phase plane. */

import { scoresChannels } from "../../genotype/widths.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { OpKey } from "../charts/OpBadge.tsx";
import { useView, useViewInTurn } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { largeLanes, type ViewState } from "../state/view.ts";
import { opStyles } from "../viz/color.ts";
import { isToy } from "./describe.ts";
import { LaneHead } from "./LaneHead.tsx";
import {
  CellDifference,
  CellExport,
  GroupView,
  LaneAlert,
  Samples,
  SmallLane,
  StageTools,
} from "./later.ts";
import styles from "./StagePanel.module.css";
import { ToyStage } from "./ToyStage.tsx";
import { useLanes, usePreset, useRun } from "./use-lanes.ts";

const cellIn = ({ cell }: ViewState) => cell;

export function StagePanel() {
  const lanes = useLanes();
  const front = useView((view) => view.front);
  const preset = usePreset();
  const shown = useViewInTurn(cellIn);
  const large = largeLanes({ lanes, front });
  const small = lanes.filter((lane) => !large.includes(lane));
  return (
    <main id="stage" className={`panel ${styles["stage"]}`} tabIndex={-1} aria-label="Search">
      {lanes.map((lane) => (
        <LaneAlert key={lane.id} lane={lane} />
      ))}
      {lanes.length === 0 && <p className={styles["empty"]}>The page is starting its engine…</p>}
      {isToy(preset) ? (
        <ToyStage />
      ) : (
        <>
          {lanes[0] && <StageTools lane={lanes[0]} />}
          {large[0] && large[1] && <SharedKey first={large[0]} second={large[1]} shown={shown} />}
          <div className={styles["lanes"]}>
            {large.map((lane) => (
              <LaneCell key={lane.id} lane={lane} shown={shown} isAlone={lanes.length === 1} />
            ))}
          </div>
          {small.length > 0 && (
            <div className={styles["small"]}>
              {small.map((lane) => (
                <SmallLane key={lane.id} lane={lane} shown={shown} />
              ))}
            </div>
          )}
        </>
      )}
    </main>
  );
}

interface SharedKeyProps {
  readonly first: Lane;
  readonly second: Lane;
  readonly shown: number;
}

/** One key for both lanes, which search the same space, and how their cells differ. */
function SharedKey({ first, second, shown }: SharedKeyProps) {
  const group = useRun(first, (run) => run.groups[shown]);
  if (!group || scoresChannels(group)) return null;
  return (
    <div className={styles["shared"]}>
      <OpKey styles={opStyles(group.ops)} hasRest={true} />
      {group.kind === "choice" && <CellDifference first={first} second={second} group={group} />}
    </div>
  );
}

const noGroups: readonly AlphaGroup[] = [];

interface LaneCellProps {
  readonly lane: Lane;
  readonly shown: number;
  readonly isAlone: boolean;
}

function LaneCell({ lane, shown, isAlone }: LaneCellProps) {
  const groups = useRun(lane, (run) => run.groups) ?? noGroups;
  const group = groups[shown];
  return (
    <section className={styles["lane"]} aria-label={`Lane ${lane.letter}`} data-lane={lane.letter}>
      <div className={styles["title"]}>
        <LaneHead lane={lane} />
        {group && !scoresChannels(group) && <CellExport lane={lane} group={group} />}
      </div>
      {group ? (
        <GroupView lane={lane} groups={groups} shown={shown} isAlone={isAlone} />
      ) : (
        <p className={styles["empty"]}>The cell appears as soon as the run is ready.</p>
      )}
      <Samples lane={lane} />
    </section>
  );
}

/** @file A lane beyond the two large ones: its name and its α as a strip; a click makes it large. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { HeatStrip } from "../charts/HeatStrip.tsx";
import { useActions } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { groupName } from "./describe.ts";
import { LaneHead } from "./LaneHead.tsx";
import styles from "./SmallLane.module.css";
import { useGroupLives } from "./use-group.ts";
import { useRun } from "./use-lanes.ts";

const noGroups: readonly AlphaGroup[] = [];

interface SmallLaneProps {
  readonly lane: Lane;
  /** The cell on show. */
  readonly shown: number;
}

export function SmallLane({ lane, shown }: SmallLaneProps) {
  const { bringForward } = useActions();
  const group = (useRun(lane, (run) => run.groups) ?? noGroups)[shown];
  return (
    <section className={styles["lane"]} aria-label={`Lane ${lane.letter}`} data-lane={lane.letter}>
      <LaneHead lane={lane} />
      <button
        type="button"
        className={styles["swap"]}
        aria-label={`Show lane ${lane.letter} large`}
        title="Show it large"
        onClick={() => bringForward(lane.id)}
      >
        {group && <Strip lane={lane} group={group} />}
      </button>
    </section>
  );
}

function Strip({ lane, group }: { readonly lane: Lane; readonly group: AlphaGroup }) {
  const { alpha } = useGroupLives(lane, group);
  const name = `Lane ${lane.letter}, ${groupName(group).toLowerCase()}: α in small`;
  return <HeatStrip label={name} group={group} alpha={alpha} />;
}

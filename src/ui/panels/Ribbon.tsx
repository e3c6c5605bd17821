/** @file A lane's decisions over time, under its cell. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { DecisionRibbon, type RibbonPast } from "../charts/DecisionRibbon.tsx";
import { useActions, useMoment, usePresent } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { groupName } from "./describe.ts";
import styles from "./Ribbon.module.css";

interface Props {
  readonly lane: Lane;
  readonly group: AlphaGroup;
}

/** For cells of edges that choose; a gate has no leader. */
export function Ribbon({ lane, group }: Props) {
  const { scrubTo } = useActions();
  const past = usePresent(lane.runId, pastOf);
  const moment = useMoment();
  if (group.kind !== "choice") return null;
  return (
    <div
      className={styles["ribbon"]}
      style={{ ["--edges" as string]: group.edges.length }}
      data-edges={group.edges.length}
    >
      <DecisionRibbon
        label={`Decisions of lane ${lane.letter}, ${groupName(group).toLowerCase()}: moment`}
        group={group}
        past={past}
        moment={moment}
        onTravel={scrubTo}
      />
    </div>
  );
}

const nothing: RibbonPast = { trace: undefined, changes: [], present: 0 };
/** One past per run, so that the same run is the same object. */
const pasts = new WeakMap<RunView, RibbonPast>();
function pastOf(run: RunView | undefined): RibbonPast {
  if (!run) return nothing;
  const known = pasts.get(run);
  const { trace, changes, records } = run;
  const past = known ?? { trace, changes, present: records.length };
  if (!known) pasts.set(run, past);
  return past;
}

/** @file The step under way, stage by stage, in each method's own order, with what there is to see of the stage on show. */
import type { Phase } from "../../protocol/messages.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { Formula } from "../parts/Formula.tsx";
import { useEngine, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { whyNoArrows } from "../viz/pulls.ts";
import { DrawnBatches } from "./DrawnBatches.tsx";
import { isToy } from "./describe.ts";
import styles from "./PhaseStrip.module.css";
import { ArrowNote, PullLegend } from "./PullLegend.tsx";
import { useNow, useStage } from "./use-inside.ts";
import { useLanes, usePreset, useRun } from "./use-lanes.ts";

export function PhaseStrip() {
  const phase = useView((view) => view.phase);
  const lanes = useLanes();
  const group = useView((view) => view.cell);
  const hasArrows = useEngine(({ runs }) =>
    lanes.some(({ runId }) => {
      const run = runId === undefined ? undefined : runs[runId];
      const here = run?.phases[Math.min(phase ?? 0, run.phases.length - 1)];
      return here?.terms !== undefined && run?.groups[group]?.kind === "choice";
    }),
  );
  if (phase === undefined) return null;
  return (
    <section
      className={styles["strip"]}
      aria-label="Phases of one step"
      data-wide={hasArrows && lanes.length > 1}
    >
      {lanes.map((lane, i) => (
        <LanePhases key={lane.id} lane={lane} isAlone={lanes.length === 1} isFirst={i === 0} />
      ))}
      {hasArrows && <ArrowNote />}
    </section>
  );
}

interface Props {
  readonly lane: Lane;
  readonly isAlone: boolean;
  /** Lanes share their batches, which are shown once. */
  readonly isFirst: boolean;
}

function LanePhases({ lane, isAlone, isFirst }: Props) {
  const phases = useRun(lane, (run) => run.phases) ?? [];
  const stage = useNow(useStage(lane));
  const group = useView((view) => view.cell);
  const shown = useRun(lane, (run) => run.groups[group]);
  // The plane has arrows of its own.
  const hasPlane = isToy(usePreset());
  const here = phases.findIndex(({ id }) => id === stage?.phase.id);
  return (
    <div className={styles["lane"]}>
      {!isAlone && <b>{lane.letter}</b>}
      <ol className={styles["tiles"]}>
        {phases.map(({ id, label }, i) => (
          <li key={id} aria-current={i === here ? "step" : undefined} data-done={i < here}>
            {label}
          </li>
        ))}
      </ol>
      <p className={styles["caption"]} aria-live="polite">
        {stage && <Formula text={stage.phase.text} />}
      </p>
      <div className={styles["told"]}>
        {isFirst && stage?.phase.id === "batch" && <DrawnBatches explained={stage.explained} />}
        {stage?.phase.terms && shown?.kind === "choice" && <PullLegend lane={lane} group={shown} />}
        {stage && shown && !hasPlane && (
          <NoArrows phases={phases} phase={stage.phase} group={shown} />
        )}
      </div>
    </div>
  );
}

interface NoArrowsProps {
  readonly phases: readonly Phase[];
  readonly phase: Phase;
  readonly group: AlphaGroup;
}

/** Nothing where there are arrows, or where nobody would look for them. */
function NoArrows({ phases, phase, group }: NoArrowsProps) {
  const why = whyNoArrows(phases, phase, group);
  return why && <p className="soft">{why}</p>;
}

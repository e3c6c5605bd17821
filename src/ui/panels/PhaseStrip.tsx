/** @file The step under way, stage by stage, in each method's own order, with what there is to see of the stage on show. */
import { Formula } from "../parts/Formula.tsx";
import { useEngine, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { DrawnBatches } from "./DrawnBatches.tsx";
import styles from "./PhaseStrip.module.css";
import { ArrowNote, PullLegend } from "./PullLegend.tsx";
import { useNow, useStage } from "./use-inside.ts";
import { useLanes, useRun } from "./use-lanes.ts";

export function PhaseStrip() {
  const phase = useView((view) => view.phase);
  const lanes = useLanes();
  const hasArrows = useEngine(({ runs }) =>
    lanes.some(({ runId }) => {
      const phases = (runId && runs[runId]?.phases) || [];
      return phases[Math.min(phase ?? 0, phases.length - 1)]?.terms !== undefined;
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
      </div>
    </div>
  );
}

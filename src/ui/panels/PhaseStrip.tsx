/** @file The step under way, stage by stage, in each method's own order, with a sentence for the stage on show. */
import { useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import styles from "./PhaseStrip.module.css";
import { useLanes, useRun } from "./use-lanes.ts";

export function PhaseStrip() {
  const phase = useView((view) => view.phase);
  const lanes = useLanes();
  if (phase === undefined) return null;
  return (
    <section className={styles["strip"]} aria-label="Phases of one step">
      {lanes.map((lane) => (
        <LanePhases key={lane.id} lane={lane} phase={phase} isAlone={lanes.length === 1} />
      ))}
    </section>
  );
}

interface Props {
  readonly lane: Lane;
  readonly phase: number;
  readonly isAlone: boolean;
}

function LanePhases({ lane, phase, isAlone }: Props) {
  const phases = useRun(lane, (run) => run.phases) ?? [];
  // A method with fewer stages waits at its last.
  const here = Math.min(phase, phases.length - 1);
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
        {phases[here]?.text}
      </p>
    </div>
  );
}

/** @file A lane's name over its picture: letter, method, status and step, also as data attributes. */
import { formatCount } from "../parts/format.ts";
import { useLive, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { agreedOn } from "../state/view.ts";
import { statusWord } from "./describe.ts";
import styles from "./LaneHead.module.css";
import { LaneOriginNote } from "./LaneOriginNote.tsx";
import { useMethod, useRun } from "./use-lanes.ts";

const selectSteps = (run: RunView | undefined) => run?.records.length ?? 0;

export function LaneHead({ lane }: { readonly lane: Lane }) {
  const method = useMethod(lane.method)?.label ?? lane.method;
  const steps = useSampled(useLive(lane.runId, selectSteps));
  const status = useRun(lane, (run) => run.status);
  const isConsensus = useView((view) => agreedOn(view, lane.id) !== undefined);
  const word = useRun(lane, statusWord) ?? statusWord(undefined);
  return (
    <h2
      className={styles["head"]}
      data-testid={`lane-${lane.letter}`}
      data-status={status ?? "waiting"}
      data-recorded={lane.origin?.kind === "recorded"}
      data-step={steps}
    >
      <span className="letter">{lane.letter}</span>
      <span className={styles["name"]}>{method}</span>
      {isConsensus && <span className={styles["tag"]}>what seeds agree on</span>}
      {lane.origin && <LaneOriginNote origin={lane.origin} />}
      <span className="soft numbers">
        <span className={styles["word"]}>{word}, </span>step {formatCount(steps)}
      </span>
    </h2>
  );
}

/** @file A lane's accuracy on the validation half, measured when it is asked for. */
import { useState } from "react";
import type { Evaluated, RunError } from "../../protocol/messages.ts";
import { formatCount } from "../parts/format.ts";
import { useActions } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import styles from "./Accuracy.module.css";
import { useMethod, useRun } from "./use-lanes.ts";

/** What was known when it was asked for: as soon as that changes, there is an answer. */
interface Asked {
  readonly runId: Lane["runId"];
  readonly known: Evaluated | undefined;
  readonly refused: RunError | undefined;
}

export function Accuracy({ lane }: { readonly lane: Lane }) {
  const { evaluate } = useActions();
  const isGenotype = useMethod(lane.method)?.trainsGenotype === true;
  const known = useRun(lane, (run) => run.evaluated);
  const refused = useRun(lane, (run) => run.refused);
  const status = useRun(lane, (run) => run.status);
  const [asked, setAsked] = useState<Asked>();
  const isAlive = status !== undefined && status !== "failed" && status !== "recorded";
  const isBusy =
    isAlive && asked?.runId === lane.runId && asked?.known === known && asked?.refused === refused;
  const ask = () => {
    setAsked({ runId: lane.runId, known, refused });
    evaluate(lane.id);
  };
  return (
    <p className={`${styles["accuracy"]} numbers`}>
      <span aria-live="polite">
        {known ? (
          <>
            <b>{(100 * known.accuracy).toFixed(1)} %</b> right at step {formatCount(known.step)} (
            {isGenotype ? "network" : "supernet"}, {formatCount(known.examples)} validation images)
          </>
        ) : (
          <span className="soft">Validation accuracy: not measured.</span>
        )}
      </span>
      <button
        type="button"
        className="button"
        aria-label={`Evaluate lane ${lane.letter}`}
        title="Accuracy on the validation half, between two steps"
        disabled={!isAlive || isBusy}
        onClick={ask}
      >
        {isBusy ? "Evaluating…" : "Evaluate"}
      </button>
    </p>
  );
}

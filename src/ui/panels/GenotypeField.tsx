/** @file Which genotype a lane trains: a text in any format, with what is wrong with it said beside it. */
import { useId } from "react";
import { useActions } from "../state/app.ts";
import { faultOf } from "../state/genotype-wish.ts";
import type { Lane } from "../state/lanes.ts";
import styles from "./GenotypeField.module.css";
import { useRun } from "./use-lanes.ts";

export function GenotypeField({ lane }: { readonly lane: Lane }) {
  const { draftGenotype, useDraft: trainDraft } = useActions();
  const id = useId();
  const error = useRun(lane, (run) => run.error);
  const { draft, genotype = "" } = lane;
  const text = draft ?? genotype;
  const isNew = draft !== undefined && draft.trim() !== genotype;
  const unread = text.trim() === "" ? undefined : faultOf(text.trim());
  const refused = !isNew && error?.code === "SpecError" ? error.message : undefined;
  const fault = unread ?? refused;
  return (
    <div className={styles["field"]}>
      <label htmlFor={id} className={styles["label"]}>
        Genotype to train
      </label>
      <textarea
        id={id}
        className={styles["text"]}
        rows={4}
        spellCheck={false}
        placeholder="Genotype(…), |op~0|+…, 8:16:… or JSON. Empty: the seed draws one."
        value={text}
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-fault`}
        onChange={({ target }) => draftGenotype(lane.id, target.value)}
      />
      <p id={`${id}-fault`} className={styles["fault"]} aria-live="polite">
        {fault && `Cannot be trained: ${fault}.`}
      </p>
      <button
        type="button"
        className={`button ${styles["use"]}`}
        disabled={!isNew || unread !== undefined}
        onClick={() => trainDraft(lane.id)}
      >
        {text.trim() === "" ? "Train a drawn one" : "Train this genotype"}
      </button>
    </div>
  );
}

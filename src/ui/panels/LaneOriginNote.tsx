/** @file Where a lane comes from, beside its name: a fork's parent and step, or a file. */
import { Icon } from "../parts/Icon.tsx";
import type { LaneOrigin } from "../state/lanes.ts";
import styles from "./LaneOriginNote.module.css";

export function LaneOriginNote({ origin }: { readonly origin: LaneOrigin }) {
  if (origin.kind === "recorded")
    return <span className={styles["recorded"]}>recorded, {origin.note}</span>;
  return (
    <span className={`${styles["fork"]} soft numbers`}>
      <Icon name="fork" /> from {origin.letter} at step {origin.steps}
    </span>
  );
}

/** @file Where a lane comes from, beside its name: a parent and its step, or a file. */
import { Icon } from "../parts/Icon.tsx";
import type { LaneOrigin } from "../state/lanes.ts";
import styles from "./LaneOriginNote.module.css";

export function LaneOriginNote({ origin }: { readonly origin: LaneOrigin }) {
  if (origin.kind === "recorded")
    return (
      <span className={styles["recorded"]} title={origin.note} data-origin="recorded">
        recorded {origin.note}
      </span>
    );
  const from = `${origin.kind === "pruned" ? "pruned " : ""}from ${origin.of.letter} at step ${origin.steps}`;
  return (
    <span className={`${styles["fork"]} soft numbers`} title={from}>
      <Icon name="fork" /> {from}
    </span>
  );
}

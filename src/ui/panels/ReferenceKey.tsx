/** @file In the race's key: what Random lanes reach, and whether that stands behind the race. It does at first. */
import { formatCount } from "../parts/format.ts";
import { usePlayground, useView } from "../state/app.ts";
import { recordedOf } from "../state/recorded.ts";
import styles from "./RaceChart.module.css";
import { useReference } from "./use-reference.ts";

/** Nothing where no Random lane was recorded. */
export function ReferenceKey() {
  const { setReference } = recordedOf(usePlayground());
  const reference = useReference();
  const isOn = useView((view) => view.hasReference);
  const last = reference?.stretches.at(-1);
  if (!reference || !last) return null;
  const said = `${reference.label}: from the lowest to the highest of their validation losses, means of ${reference.batches} batches, each on a random path. What a search should leave behind. By seconds and memory it has no place: it was computed on another machine.`;
  return (
    <li className="soft">
      <button
        type="button"
        className={`button button-toggle ${styles["reference"]}`}
        aria-pressed={isOn}
        aria-label="Random behind the race"
        title={said}
        onClick={() => setReference(!isOn)}
      >
        <span className={styles["swatch"]} data-on={isOn} />
        Random
      </button>
      {isOn && (
        <span className="numbers" title={said}>
          {reference.seeds} recorded, {last.low.toFixed(2)}–{last.high.toFixed(2)} at step{" "}
          {formatCount(last.step + 1)}
        </span>
      )}
    </li>
  );
}

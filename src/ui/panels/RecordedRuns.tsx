/** @file Replay: every recorded run that came with the page, by method and seed, or all methods on one seed. */
import { useEffect } from "react";
import { usePlayground, useView } from "../state/app.ts";
import { recordedOf } from "../state/recorded.ts";
import type { RecordingEntry } from "../state/recording.ts";
import { replay } from "../state/replay.ts";
import styles from "./RecordedRuns.module.css";
import { wordsFor } from "./RecordedSeeds.tsx";
import { useLanes } from "./use-lanes.ts";

export function RecordedRuns() {
  const playground = usePlayground();
  const recordings = useView((view) => view.recordings);
  useEffect(() => {
    recordedOf(playground)
      .list()
      .catch(() => {});
  }, [playground]);
  const [first] = recordings ?? [];
  if (!recordings || !first) return null;
  const shared = first.seeds.filter((seed) => recordings.every((r) => r.seeds.includes(seed)));
  return (
    <section className={styles["runs"]} aria-label="Recorded runs">
      <h2>Recorded runs</h2>
      <table className="numbers">
        <caption className="visually-hidden">Methods by seeds</caption>
        <thead>
          <tr>
            <th scope="col">seed</th>
            {shared.map((seed) => (
              <th key={seed} scope="col">
                {seed}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {recordings.map((recording) => (
            <Row key={recording.id} label={recording.label} of={[recording]} seeds={shared} />
          ))}
          <Row label="All, side by side" of={recordings} seeds={shared} />
        </tbody>
      </table>
      <p className="soft">
        {wordsFor(first)} Nothing is computed here: every moment can be looked at, none can be
        changed.
      </p>
    </section>
  );
}

interface RowProps {
  readonly label: string;
  readonly of: readonly RecordingEntry[];
  readonly seeds: readonly number[];
}

function Row({ label, of, seeds }: RowProps) {
  const playground = usePlayground();
  const shown = useLanes()
    .map(({ origin }) => (origin?.kind === "recorded" ? origin.recording : undefined))
    .join(",");
  return (
    <tr>
      <th scope="row">{label}</th>
      {seeds.map((seed) => (
        <td key={seed}>
          <button
            type="button"
            className="button button-icon button-toggle"
            aria-label={`Replay ${label}, seed ${seed}`}
            aria-pressed={of.map(({ id }) => `${id} ${seed}`).join(",") === shown}
            onClick={() =>
              void replay(
                playground,
                of.map(({ id }) => id),
                seed,
              )
            }
          >
            ▸
          </button>
        </td>
      ))}
    </tr>
  );
}

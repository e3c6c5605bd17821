/** @file Recorded seeds beside those of a lane: which, what they agree on, how they rank, and each seed's run. */
import { useEffect, useId } from "react";
import { formatCount, plural } from "../parts/format.ts";
import { usePlayground, useView } from "../state/app.ts";
import { recordedOf } from "../state/recorded.ts";
import type { RecordingEntry } from "../state/recording.ts";
import { showRecordedSeeds } from "../state/replay.ts";
import { Agreement } from "./Agreement.tsx";
import { Ranks } from "./Ranks.tsx";
import { ReplaySeeds } from "./ReplaySeeds.tsx";
import styles from "./SeedsPanel.module.css";

export function RecordedSeeds() {
  const playground = usePlayground();
  const recordings = useView((view) => view.recordings);
  const recorded = useView((view) => view.recorded);
  const id = useId();
  useEffect(() => {
    // Without the list there is nothing to choose; whoever asks for a replay is told why.
    recordedOf(playground)
      .list()
      .catch(() => {});
  }, [playground]);
  if (!recordings || recordings.length === 0) return null;
  const of = recorded?.recording;
  return (
    <>
      <p className={styles["plan"]}>
        <label htmlFor={id}>Recorded seeds</label>
        <select
          id={id}
          className="select"
          value={of?.id ?? ""}
          onChange={({ target }) => void showRecordedSeeds(playground, target.value || undefined)}
        >
          <option value="">none</option>
          {recordings.map(({ id: other, label, seeds }) => (
            <option key={other} value={other}>
              {label}, {plural(seeds.length, "seed")}
            </option>
          ))}
        </select>
      </p>
      {recorded && of && (
        <>
          <p className="soft numbers" role="note">
            {wordsFor(of)}
          </p>
          <Agreement study={recorded} which="recorded" />
          <p className={styles["plan"]}>
            Replay seed <ReplaySeeds of={of} seeds={of.seeds} />
          </p>
          <Ranks study={recorded} />
        </>
      )}
    </>
  );
}

/** Where recorded seeds come from. */
export const wordsFor = ({ steps, preset, date, app, device, backend }: RecordingEntry): string =>
  `Preset ${preset}, ${formatCount(steps)} steps a seed. Recorded on ${date} by version ${app} (${backend}): ${device}.`;

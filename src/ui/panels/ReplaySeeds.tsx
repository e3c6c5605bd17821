/** @file Recorded seeds to press, in a line of text: each shows its run. */
import { usePlayground } from "../state/app.ts";
import type { RecordingEntry } from "../state/recording.ts";
import { replay } from "../state/replay.ts";

interface ReplaySeedsProps {
  readonly of: RecordingEntry;
  readonly seeds: readonly number[];
}

export function ReplaySeeds({ of: { id, label }, seeds }: ReplaySeedsProps) {
  const playground = usePlayground();
  return seeds.map((seed) => (
    <button
      key={seed}
      type="button"
      className="button button-icon"
      aria-label={`Replay ${label}, seed ${seed}`}
      onClick={() => void replay(playground, [id], seed)}
    >
      {seed}
    </button>
  ));
}

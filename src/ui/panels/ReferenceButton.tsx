/** @file Puts what a Random lane reaches behind the race, or takes it away. It is there at first. */
import { usePlayground, useView } from "../state/app.ts";
import { recordedOf } from "../state/recorded.ts";
import { useReference } from "./use-reference.ts";

/** Nothing where no Random lane was recorded. */
export function ReferenceButton() {
  const { setReference } = recordedOf(usePlayground());
  const reference = useReference();
  const isOn = useView((view) => view.hasReference);
  if (!reference) return null;
  return (
    <button
      type="button"
      className="button button-toggle"
      aria-pressed={isOn}
      title={`${reference.label}: from the lowest to the highest of their validation losses, means of ${reference.batches} batches, each on a random path. What a search should leave behind. By seconds and memory it has no place: it was computed on another machine.`}
      onClick={() => setReference(!isOn)}
    >
      Random
    </button>
  );
}

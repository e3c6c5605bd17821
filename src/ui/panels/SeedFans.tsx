/** @file Losses of seeds as fans: those computed here, recorded ones in grey, and the lane itself. */
import { SeedFan } from "../charts/SeedFan.tsx";
import { usePlayground, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";

export function SeedFans({ lane }: { readonly lane: Lane }) {
  const { recordsOf } = usePlayground();
  const study = useView((view) => view.study);
  const recorded = useView((view) => view.recorded);
  const live = useSampled(recordsOf(lane.runId));
  const own = study?.results.map(({ records }) => records) ?? [];
  const behind = recorded?.results.map(({ records }) => records) ?? [];
  if (own.length + behind.length === 0) return null;
  return (
    <>
      <SeedFan runs={own} behind={behind} live={behind.length > 0 ? live : []} />
      {behind.length > 0 && (
        <p className="soft">
          Grey: {recorded?.recording?.label}, recorded.
          {own.length > 0 && " Thin: seeds computed here."}{" "}
          {live.length > 0 && `Thick: lane ${lane.letter}.`}
        </p>
      )}
    </>
  );
}

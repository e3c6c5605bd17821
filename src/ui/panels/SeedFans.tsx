/** @file Losses of seeds as fans: those computed here, recorded ones in grey, and the lane itself. */
import { SeedFan } from "../charts/SeedFan.tsx";
import { usePlayground, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { ofProblem } from "../state/seeds.ts";

export function SeedFans({ lane }: { readonly lane: Lane }) {
  const { recordsOf } = usePlayground();
  const study = useView((view) => ofProblem(view.study, view));
  const recorded = useView((view) => ofProblem(view.recorded, view));
  const hasOthers = useView((view) => view.recorded !== undefined) && !recorded;
  const live = useSampled(recordsOf(lane.runId));
  const own = study?.results.map(({ records }) => records) ?? [];
  const behind = recorded?.results.map(({ records }) => records) ?? [];
  const others = hasOthers ? (
    <p className="soft">
      The recorded losses are of another problem, so they are not drawn beside this one's.
    </p>
  ) : null;
  if (own.length + behind.length === 0) return others;
  return (
    <>
      {others}
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

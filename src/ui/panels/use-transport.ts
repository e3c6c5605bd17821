/** @file What the transport's buttons can do now, and why those that cannot do not. */
import { plural } from "../parts/format.ts";
import { useEngine, useSampled, useTimeline, useView } from "../state/app.ts";
import { noEpochText } from "../state/epochs.ts";
import { maxLanes } from "../state/view.ts";
import { isToy } from "./describe.ts";
import { useLanes, usePreset } from "./use-lanes.ts";

export function useTransport() {
  const lanes = useLanes();
  const toy = isToy(usePreset());
  const statuses = useEngine(({ runs }) =>
    lanes
      .map(({ runId }) => (runId === undefined ? undefined : runs[runId]?.status) ?? "waiting")
      .join(" "),
  ).split(" ");
  const selected = useView((view) => view.selected);
  const isPagePlaying = useView((view) => view.isPagePlaying);
  const isInside = useView((view) => view.phase !== undefined);
  const { moment, present } = useSampled(useTimeline());
  const epoch = useEngine(({ runs }) =>
    Math.max(0, ...lanes.map(({ runId }) => (runId && runs[runId]?.epoch) || 0)),
  );
  const isReady = useEngine(({ backend, unusable }) => !!backend && !unusable);
  const has = (status: string) => statuses.includes(status);
  const isBack = moment < present;
  const isRecorded = has("recorded");
  const play = (isReady && (has("paused") || has("loading"))) || isRecorded;
  const isPlaying = (isReady && has("playing")) || isPagePlaying;
  const own = statuses[lanes.findIndex((lane) => lane.id === selected)];
  let noFork: string | undefined;
  if (lanes.length >= maxLanes) noFork = `At most ${maxLanes} lanes: remove one to fork`;
  else if (own === "recorded") noFork = "A recorded run has no weights to branch off with";
  else if (own === "failed") noFork = "The run has stopped";
  return {
    play,
    isPlaying,
    reset: isReady,
    step: (isReady && has("paused")) || isBack,
    phase: !isPlaying && (isInside || (isReady && has("paused") && !isBack)),
    back: moment > 0,
    live: isBack,
    epoch: epoch > 0 && ((isReady && has("paused")) || isBack),
    epochTitle:
      epoch > 0
        ? `On for one epoch of ${plural(epoch, "step")}, then pause`
        : noEpochText(isRecorded),
    change: !toy && ((isReady && has("paused")) || isBack),
    noChange: toy ? "This problem has no genotype to change" : undefined,
    fork: isReady && own !== undefined && own !== "waiting" && own !== "loading" && !noFork,
    noFork,
    why: whyNot(isReady || isRecorded, play || isPlaying, has("finished")),
  };
}

function whyNot(isReady: boolean, canGoOn: boolean, isFinished: boolean): string | undefined {
  if (!isReady) return "The engine is not ready.";
  if (canGoOn) return undefined;
  return isFinished
    ? "The run is finished: Reset starts it again."
    : "The run has stopped: Reset starts it again.";
}

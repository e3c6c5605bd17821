/** @file One pass through the examples, and then a pause. */
import type { Runs } from "./runs.ts";
import type { createTime } from "./time.ts";
import type { Notice, ViewStore } from "./view.ts";

type Time = Pick<ReturnType<typeof createTime>, "live" | "scrubTo">;

/** Why there is no epoch to run. */
export const noEpochText = (isRecorded: boolean): string =>
  isRecorded
    ? "A recorded run does not say how long its epochs are"
    : "This problem has no examples to go through, and so no epoch";

/** `notify` tells where a problem has none. */
export function createEpochs(
  view: ViewStore,
  runs: Runs,
  { live, scrubTo }: Time,
  notify: (notice: Notice) => void,
) {
  return {
    /** On by one epoch: through the past if that is on show, else every run that can go on, which pauses there. */
    nextEpoch() {
      const { lanes, scrub, phase } = view.getState();
      const made = lanes.flatMap((lane) => runs.of(lane) ?? []);
      const epoch = Math.max(0, ...made.map((run) => run.epoch ?? 0));
      if (epoch === 0) {
        // A run that is being made will say.
        if (!made.some((run) => run.spec)) return;
        const isRecorded = made.some(({ status }) => status === "recorded");
        return notify({ title: "No epoch", lines: [`${noEpochText(isRecorded)}.`] });
      }
      if (scrub !== undefined && phase === undefined) return scrubTo(scrub + epoch);
      live();
      runs.playOn((run) => run.epoch);
    },
  };
}

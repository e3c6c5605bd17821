/** @file What recorded Random lanes reach on the problem on show, as the race's chart and its switch read it. */
import { useEffect, useMemo } from "react";
import { usePlayground, useView } from "../state/app.ts";
import { recordedOf } from "../state/recorded.ts";
import { problemOf } from "../state/referee.ts";
import type { Reference } from "../state/reference.ts";
import type { RaceAxis } from "../viz/costs.ts";
import type { BandPoint } from "../viz/loss-view.ts";
import { isToy } from "./describe.ts";
import { usePreset } from "./use-lanes.ts";

/** Reads it once a problem is on show that has one; undefined until then, and where there is none. */
export function useReference(): Reference | undefined {
  const playground = usePlayground();
  const problem = useView(({ setup }) => problemOf(setup));
  const reference = useView((view) => view.reference);
  const preset = usePreset();
  const mayHave = preset !== undefined && !isToy(preset);
  useEffect(() => {
    // A race without its reference is still a race.
    if (mayHave && problem)
      recordedOf(playground)
        .knowReference()
        .catch(() => {});
  }, [playground, problem, mayHave]);
  return reference?.problem === problem ? reference : undefined;
}

/** As a band, on the axes on which steps of another machine have a place; undefined for none. */
export function useReferenceBand(axis: RaceAxis): readonly BandPoint[] | undefined {
  const reference = useReference();
  const isOn = useView((view) => view.hasReference);
  return useMemo(() => {
    if (!reference || !isOn || (axis !== "steps" && axis !== "gradients")) return undefined;
    const { stretches, gradients, batches } = reference;
    return stretches.map(({ step, ...losses }) => {
      // A mean stands in the middle of what it is of.
      const middle = step - batches / 2;
      return { ...losses, place: axis === "steps" ? middle : (middle + 1) * gradients };
    });
  }, [reference, isOn, axis]);
}

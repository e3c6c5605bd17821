/** @file What recorded Random lanes reach on the problem on show, as the race's chart and its switch read it. */
import { useEffect, useMemo } from "react";
import type { LossBand } from "../charts/LossChart.tsx";
import { formatCount } from "../parts/format.ts";
import { usePlayground, useView } from "../state/app.ts";
import { recordedOf } from "../state/recorded.ts";
import { problemOf } from "../state/referee.ts";
import type { Reference } from "../state/reference.ts";
import type { RaceAxis } from "../viz/costs.ts";
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
export function useReferenceBand(axis: RaceAxis): LossBand | undefined {
  const reference = useReference();
  const isOn = useView((view) => view.hasReference);
  return useMemo(() => {
    if (!reference || !isOn || (axis !== "steps" && axis !== "gradients")) return undefined;
    const { label, stretches, gradients } = reference;
    const points = stretches.map(({ step, ...losses }) => {
      return { ...losses, place: axis === "steps" ? step : (step + 1) * gradients };
    });
    const last = stretches.at(-1);
    const end = last
      ? `, at step ${formatCount(last.step + 1)} from ${last.low.toFixed(2)} to ${last.high.toFixed(2)}`
      : "";
    return { label: `${label}${end}`, points };
  }, [reference, isOn, axis]);
}

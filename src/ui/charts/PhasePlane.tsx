/** @file The solvable toy: every lane's trail over (α, w), the true optimum, and where algebra says it will end. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { StepRecord } from "../../protocol/messages.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { useDrawRate } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { at } from "../viz/at.ts";
import { laneDashes } from "../viz/lane-style.ts";
import type { Live } from "../viz/live.ts";
import { type PlaneDomain, planeDomain, planeScales, sameDomain, statesOf } from "../viz/plane.ts";
import type { ToyEnd } from "../viz/toy-end.ts";
import { Axes, margin } from "./Axes.tsx";
import { LaneKey } from "./LaneKey.tsx";
import css from "./PhasePlane.module.css";
import { PlaneMarks } from "./PlaneMarks.tsx";
import { paintTrails } from "./trail-painter.ts";

/** One run on the toy. Records only grow, in new arrays; a shorter one is a new start. */
export interface PlaneLane {
  readonly id: string;
  /** The method's, as on its lane: "R", "D1". */
  readonly letter: string;
  readonly label: string;
  /** Their `values` are { alpha, w, y? }. */
  readonly records: Live<readonly StepRecord[]>;
  /** Where the lane's method ends with its present settings. */
  readonly end: ToyEnd;
}

interface PhasePlaneProps {
  readonly lanes: readonly PlaneLane[];
  readonly start: { readonly alpha: number; readonly w: number };
}

const short = (v: number) => v.toFixed(3).replace("-", "−");
const spokenEnd = (end: ToyEnd) =>
  end.kind === "none"
    ? `no finite end: ${end.reason}`
    : `ends at α ${short(end.alpha)}, w ${short(end.w)}${end.y === undefined ? "" : `, y ${short(end.y)}`}`;

export function PhasePlane({ lanes, start }: PhasePlaneProps) {
  const [plot, size] = useSize<HTMLDivElement>();
  const trails = useRef<SVGGElement>(null);
  const { alpha, w } = start;
  const [domain, setDomain] = useState<PlaneDomain>(() => planeDomain(start, [], []));
  const rate = useDrawRate();
  const width = Math.max(0, size.width - margin.left - margin.right);
  const height = Math.max(0, size.height - margin.top - margin.bottom);
  const scales = useMemo(() => planeScales(domain, width, height), [domain, width, height]);

  useEffect(() => {
    const dashes = laneDashes(lanes.map((lane) => lane.letter));
    const draw = () => {
      const origin = { alpha, w };
      const states = lanes.map((lane) => [origin, ...statesOf(lane.records.get())]);
      const ends = lanes.map((lane) => lane.end);
      const now = planeDomain(origin, ends, states);
      // A new domain comes back here as new scales.
      if (!sameDomain(now, domain)) setDomain(now);
      if (trails.current && width > 0)
        paintTrails(
          trails.current,
          lanes.map(({ letter }, i) => ({ letter, dash: at(dashes, i), states: at(states, i) })),
          scales,
        );
    };
    return redrawOnChange(
      lanes.map((lane) => lane.records),
      draw,
      rate,
    );
  }, [lanes, alpha, w, domain, scales, width, rate]);

  const ticks = (scale: typeof scales.x, count: number) =>
    scale.ticks(count).map((value) => ({ value, at: scale(value) }));
  const spoken = lanes.map((lane) => `${lane.label} ${spokenEnd(lane.end)}`);
  return (
    <figure className={css["plane"]}>
      <div className={css["plot"]} ref={plot}>
        {width > 0 && (
          <svg
            width={size.width}
            height={size.height}
            role="img"
            aria-label={["Phase plane, α across, w up; the optimum is at 1, 1", ...spoken].join(
              "; ",
            )}
          >
            <g transform={`translate(${margin.left} ${margin.top})`}>
              <Axes
                x={ticks(scales.x, Math.min(8, width / 50))}
                y={ticks(scales.y, Math.min(8, height / 36))}
                xLabel="α"
                yLabel="w"
                width={width}
                height={height}
              />
              <PlaneMarks lanes={lanes} start={start} scales={scales} trails={trails} />
            </g>
          </svg>
        )}
      </div>
      <LaneKey
        lanes={lanes}
        isFirstBroad={lanes.length > 1}
        note={(i) => spokenEnd(at(lanes, i).end)}
      >
        ★ optimum · ○ closed-form end
      </LaneKey>
    </figure>
  );
}

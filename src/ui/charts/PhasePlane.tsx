/** @file The solvable toy: every lane's trail over (α, w), the true optimum, and what the formulas say will happen. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { redrawOnChange } from "../hooks/redraw.ts";
import { useDrawRate } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { at } from "../viz/at.ts";
import { laneDashes } from "../viz/lane-style.ts";
import {
  type PlaneDomain,
  type PlaneLane,
  type PlaneScales,
  planeDomain,
  planeScales,
  pointNow,
  type State,
  sameDomain,
  statesOf,
} from "../viz/plane.ts";
import { fanStarts, fieldPath } from "../viz/plane-field.ts";
import type { ToyEnd } from "../viz/toy-end.ts";
import { predict } from "../viz/toy-map.ts";
import { startAt, toyStepper } from "../viz/toy-step.ts";
import { Axes, margin, plotSize, ticks } from "./Axes.tsx";
import { paintForecasts } from "./forecast-painter.ts";
import { LaneKey } from "./LaneKey.tsx";
import css from "./PhasePlane.module.css";
import { PlaneHandle } from "./PlaneHandle.tsx";
import { PlaneMarks } from "./PlaneMarks.tsx";
import { PlaneProbe } from "./PlaneProbe.tsx";
import { paintTrails } from "./trail-painter.ts";

interface PhasePlaneProps {
  readonly lanes: readonly PlaneLane[];
  /** The lane whose steps the arrows and the twenty paths show. */
  readonly shown: string;
  readonly start: State;
  /** The largest |α| and |w| at which a run may start. */
  readonly reach: number;
  /** Called while the start is moved, and once more when it is let go. */
  readonly onStart: (start: State, isDone: boolean) => void;
  readonly hasField: boolean;
  readonly hasFan: boolean;
  /** Drawn over all else, in the plot's px. */
  readonly over?: ((scales: PlaneScales) => ReactNode) | undefined;
}

const short = (v: number) => v.toFixed(3).replace("-", "−");
const spokenEnd = (end: ToyEnd) => {
  if (end.kind === "none") return `no finite end: ${end.reason}`;
  const where = `α ${short(end.alpha)}, w ${short(end.w)}${end.y === undefined ? "" : `, y ${short(end.y)}`}`;
  return end.radius < 1 ? `ends at ${where}` : `diverges at these rates; its end would be ${where}`;
};
/** No more predicted steps than this, of however many are left. */
const farthestStep = 2000;
/** One press of an arrow key. */
const nudge = 0.05;

export function PhasePlane({ lanes, shown, start, reach, onStart, ...has }: PhasePlaneProps) {
  const [plot, size] = useSize<HTMLDivElement>();
  const trails = useRef<SVGGElement>(null);
  const forecasts = useRef<SVGGElement>(null);
  const field = useRef<SVGPathElement>(null);
  const isMoving = useRef(false);
  const { alpha, w } = start;
  const [domain, setDomain] = useState<PlaneDomain>(() => planeDomain(start, []));
  const rate = useDrawRate();
  const { width, height } = plotSize(size);
  const scales = useMemo(() => planeScales(domain, width, height), [domain, width, height]);
  const lane = lanes.find(({ id }) => id === shown) ?? lanes[0];

  useEffect(() => {
    const dashes = laneDashes(lanes.map((lane) => lane.letter));
    const draw = () => {
      const here = lanes.map((lane) => standing(lane, { alpha, w }));
      const states = lanes.map((lane) => [lane.origin, ...statesOf(lane.records.get())]);
      const ends = lanes.flatMap(({ end }) => (end.kind === "point" ? [end] : []));
      const now = planeDomain({ alpha, w }, [ends, ...states, ...here.map(({ path }) => path)]);
      // A new domain comes back here as new scales; under a start that is being moved the plane stays put.
      if (!isMoving.current && !sameDomain(now, domain)) setDomain(now);
      if (!trails.current || !forecasts.current || width === 0) return;
      paintForecasts(forecasts.current, here, scales);
      paintTrails(
        trails.current,
        lanes.map(({ letter }, i) => ({ letter, dash: at(dashes, i), states: at(states, i) })),
        scales,
      );
      const i = lanes.findIndex(({ id }) => id === lane?.id);
      const step = lane && toyStepper(lane.rules);
      const arrows =
        has.hasField && typeof step === "function" && i >= 0
          ? fieldPath(step, at(here, i).y, at(here, i).clock, scales)
          : "";
      if (field.current?.getAttribute("d") !== arrows) field.current?.setAttribute("d", arrows);
    };
    return redrawOnChange(
      lanes.map((lane) => lane.records),
      draw,
      rate,
    );
  }, [lanes, lane, alpha, w, domain, scales, width, rate, has.hasField]);

  const fan = useMemo(() => {
    const step = has.hasFan && lane ? toyStepper(lane.rules) : undefined;
    if (typeof step !== "function" || !lane) return [];
    return fanStarts(domain).map((from) =>
      predict(step, startAt(from.alpha, from.w), { step: 0, of: lane.steps }, lane.steps),
    );
  }, [has.hasFan, lane, domain]);

  const move = (to: State, isDone: boolean) => {
    isMoving.current = !isDone;
    const whole = (v: number) => Number(Math.min(reach, Math.max(-reach, v)).toFixed(2));
    onStart({ alpha: whole(to.alpha), w: whole(to.w) }, isDone);
  };
  const within = (v: number, end: number) => Math.min(end, Math.max(0, v));
  const stepAt = (from: State) => lane && spokenStep(lane, from, start);
  const spoken = lanes.map((lane) => `${lane.label} ${spokenEnd(lane.end)}`);
  return (
    <figure className={css["plane"]}>
      <div className={css["plot"]} ref={plot}>
        {width > 0 && (
          <>
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
                  xLabel="architecture α"
                  yLabel="weight w"
                  width={width}
                  height={height}
                />
                <PlaneMarks
                  lanes={lanes}
                  fan={fan}
                  scales={scales}
                  field={field}
                  forecasts={forecasts}
                  trails={trails}
                />
                {has.over?.(scales)}
              </g>
            </svg>
            <div
              className={css["area"]}
              style={{ left: margin.left, top: margin.top, width, height }}
            >
              <PlaneProbe scales={scales} stepAt={stepAt} />
              <PlaneHandle
                label="Starting point"
                valueText={`α ${alpha}, w ${w}`.replaceAll("-", "−")}
                value={alpha}
                min={-reach}
                max={reach}
                x={within(scales.x(alpha), width)}
                y={within(scales.y(w), height)}
                onDrag={(x, y, isDone) =>
                  move(
                    {
                      alpha: scales.x.invert(within(x, width)),
                      w: scales.y.invert(within(y, height)),
                    },
                    isDone,
                  )
                }
                onNudge={(right, up) =>
                  move({ alpha: alpha + right * nudge, w: w + up * nudge }, true)
                }
              >
                <span>start</span>
              </PlaneHandle>
            </div>
          </>
        )}
      </div>
      <LaneKey
        lanes={lanes}
        isFirstBroad={lanes.length > 1}
        note={(i) => spokenEnd(at(lanes, i).end)}
      >
        ★ optimum · ○ predicted end
        {lanes.some(({ rules }) => rules.method === "rarts") && " · □ y, RARTS’s second w"} · thin:
        predicted from now on
        {has.hasField && lane && ` · arrows: a step of ${lane.letter}`}
        {has.hasFan && lane && ` · dots: 20 starts of ${lane.letter}, predicted`}
      </LaneKey>
    </figure>
  );
}

/** Where a lane is, or will start anew, and the way that the formulas predict from there. */
function standing({ records, origin, rules, steps }: PlaneLane, start: State) {
  const done = records.get();
  const isMoved = origin.alpha !== start.alpha || origin.w !== start.w;
  const now = isMoved ? startAt(start.alpha, start.w) : pointNow(done, origin, rules, steps);
  const clock = { step: isMoved ? 0 : done.length, of: steps };
  const step = toyStepper(rules);
  const left = Math.min(farthestStep, steps - clock.step);
  const path = typeof step === "function" ? predict(step, now, clock, left) : [now];
  return { path, clock, ...(rules.method === "rarts" && { y: now.y }) };
}

/** One step of a lane from anywhere, RARTS's y being what it is now. */
function spokenStep(lane: PlaneLane, from: State, start: State): string | undefined {
  const step = toyStepper(lane.rules);
  if (typeof step !== "function") return undefined;
  const { y, clock } = standing(lane, start);
  const here = startAt(from.alpha, from.w);
  const to = step(y === undefined ? here : { ...here, y }, clock);
  const signed = (v: number) => `${v < 0 ? "−" : "+"}${Math.abs(v).toPrecision(2)}`;
  return `a step of ${lane.letter}: α ${signed(to.alpha - from.alpha)}, w ${signed(to.w - from.w)}`;
}

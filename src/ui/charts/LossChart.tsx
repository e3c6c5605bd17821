/** @file Training and validation loss of every lane over iterations or cost, with a cursor that reads exact numbers. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { redrawOnChange } from "../hooks/redraw.ts";
import { historyRate, useDrawRate, useTheme } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { at } from "../viz/at.ts";
import { axisNames, placesOn, type RaceAxis } from "../viz/costs.ts";
import { laneDashes } from "../viz/lane-style.ts";
import {
  type BandPoint,
  type LossLane,
  type LossView,
  lossScales,
  lossView,
  sameView,
} from "../viz/loss-view.ts";
import { Axes, margin, plotSize, ticks } from "./Axes.tsx";
import { colorsOf } from "./canvas.ts";
import { LaneKey } from "./LaneKey.tsx";
import css from "./LossChart.module.css";
import { LossCursor } from "./LossCursor.tsx";
import { paintLosses } from "./loss-painter.ts";

interface LossChartProps {
  readonly lanes: readonly LossLane[];
  /** With its unit: "cross-entropy (nats)". */
  readonly yLabel: string;
  /** A logarithmic loss axis; losses of 0 and less are then left out. */
  readonly logY?: boolean;
  readonly axis?: RaceAxis;
  /** What lanes are compared with, in grey behind them; places ascend. */
  readonly band?: readonly BandPoint[] | undefined;
  /** More items of the key. */
  readonly legend?: ReactNode;
  /** The moment on show, in steps taken; undefined for the present. */
  readonly moment?: number | undefined;
  /** Shows the moment after so many steps. */
  readonly onTravel?: (steps: number) => void;
  /** Said of the lane at this index, in the key. */
  readonly note?: (lane: number) => ReactNode;
}

export function LossChart({
  lanes,
  yLabel,
  logY = false,
  axis = "steps",
  band,
  legend,
  moment,
  onTravel,
  note,
}: LossChartProps) {
  const [plot, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<LossView>();
  const rate = useDrawRate();
  const theme = useTheme();
  const { width, height } = plotSize(size);
  const scales = useMemo(
    () => (view ? lossScales(view, logY, width, height) : undefined),
    [view, logY, width, height],
  );

  useEffect(() => {
    const dashes = laneDashes(lanes.map((lane) => lane.letter));
    const sheet = { width: width + margin.right, height, ...colorsOf(theme) };
    const draw = () => {
      const records = lanes.map((lane) => lane.records.get());
      const costs = lanes.map((lane) => lane.costs?.get() ?? []);
      const now = lossView(records, logY, axis, costs, band);
      // New ranges come back here as new scales.
      if (!sameView(now, view)) setView(now);
      if (canvas.current)
        paintLosses(
          canvas.current,
          sheet,
          lanes.map(({ letter }, i) => ({
            letter,
            dash: at(dashes, i),
            records: at(records, i),
            places: placesOn(axis, at(records, i), at(costs, i)),
          })),
          scales,
          band,
        );
    };
    return redrawOnChange(
      lanes.map((lane) => lane.records),
      draw,
      Math.min(rate, historyRate),
    );
  }, [lanes, logY, axis, band, view, scales, width, height, rate, theme]);

  return (
    <figure className={css["chart"]}>
      <LaneKey lanes={lanes} legend={legend} {...(note && { note })}>
        {lanes.length <= 2 && "thin: train · thick: validation"}
      </LaneKey>
      <div className={css["plot"]} ref={plot}>
        {scales && (
          <svg width={size.width} height={size.height} aria-hidden="true">
            <g transform={`translate(${margin.left} ${margin.top})`}>
              <Axes
                x={ticks(scales.x, width / 80)}
                y={ticks(scales.y, height / 36)}
                xLabel={axisNames[axis]}
                yLabel={yLabel}
                width={width}
                height={height}
              />
            </g>
          </svg>
        )}
        <canvas
          ref={canvas}
          style={{
            left: margin.left,
            top: margin.top,
            width: width + margin.right,
            height,
          }}
        />
        {scales ? (
          <LossCursor
            lanes={lanes}
            axis={axis}
            scale={scales.x}
            width={width}
            height={height}
            moment={moment}
            onTravel={onTravel}
          />
        ) : (
          <p className={css["empty"]}>No steps yet. Play, or take one step.</p>
        )}
      </div>
    </figure>
  );
}

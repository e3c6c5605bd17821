/** @file The validation losses of several seeds over one another: a fan where they differ. */
import { useEffect, useRef } from "react";
import type { StepRecord } from "../../protocol/messages.ts";
import { useTheme } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { decimate } from "../viz/decimate.ts";
import { lossScales, lossView } from "../viz/loss-view.ts";
import { Axes, margin, plotSize, ticks } from "./Axes.tsx";
import { colorsOf, fitted, strokeMeans } from "./canvas.ts";
import css from "./LossChart.module.css";

interface SeedFanProps {
  /** One list a seed. */
  readonly runs: readonly (readonly StepRecord[])[];
}

/** Steps that share so many px are drawn as their mean. */
const columnWidth = 8;

export function SeedFan({ runs }: SeedFanProps) {
  const [plot, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const { width, height } = plotSize(size);
  const view = lossView(runs, false);
  const scales = view && lossScales(view, false, width, height);
  useEffect(() => {
    const { current } = canvas;
    if (!current || !scales) return;
    const context = fitted(current, { width, height });
    if (!context) return;
    context.strokeStyle = colorsOf(theme).ink;
    context.globalAlpha = 0.55;
    context.lineWidth = 1.5;
    for (const records of runs) {
      const stretches = decimate(
        records.length,
        (i) => scales.x(records[i]?.step ?? 0),
        (i) => scales.y(records[i]?.valLoss ?? Number.NaN),
        columnWidth,
      );
      for (const columns of stretches) strokeMeans(context, columns);
    }
  }, [runs, scales, width, height, theme]);
  return (
    <div className={css["plot"]} style={{ flex: "0 0 150px" }} ref={plot}>
      {scales && (
        <svg width={size.width} height={size.height} aria-hidden="true">
          <g transform={`translate(${margin.left} ${margin.top})`}>
            <Axes
              x={ticks(scales.x, 4)}
              y={ticks(scales.y, 3)}
              xLabel="iteration"
              yLabel="val. loss"
              width={width}
              height={height}
            />
          </g>
        </svg>
      )}
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Validation losses of ${runs.length} seeds`}
        style={{ left: margin.left, top: margin.top, width, height }}
      />
    </div>
  );
}

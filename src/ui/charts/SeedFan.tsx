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
  /** Others, in grey behind them. */
  readonly behind?: readonly (readonly StepRecord[])[];
  /** One run before all of them. */
  readonly live?: readonly StepRecord[];
}

/** Steps that share so many px are drawn as their mean. */
const columnWidth = 8;

const none: readonly never[] = [];

export function SeedFan({ runs, behind = none, live = none }: SeedFanProps) {
  const [plot, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const { width, height } = plotSize(size);
  const view = lossView([...runs, ...behind, live], false);
  const scales = view && lossScales(view, false, width, height);
  useEffect(() => {
    const { current } = canvas;
    if (!current || !scales) return;
    const context = fitted(current, { width, height });
    if (!context) return;
    const { ink, line } = colorsOf(theme);
    const layers = [
      { of: behind, color: line, alpha: 0.8, wide: 1 },
      { of: runs, color: ink, alpha: 0.55, wide: 1.5 },
      { of: [live], color: ink, alpha: 1, wide: 3 },
    ];
    for (const { of, color, alpha, wide } of layers) {
      context.strokeStyle = color;
      context.globalAlpha = alpha;
      context.lineWidth = wide;
      for (const records of of) {
        const stretches = decimate(
          records.length,
          (i) => scales.x(records[i]?.step ?? 0),
          (i) => scales.y(records[i]?.valLoss ?? Number.NaN),
          columnWidth,
        );
        for (const columns of stretches) strokeMeans(context, columns);
      }
    }
  }, [runs, behind, live, scales, width, height, theme]);
  const said = [
    ...(runs.length > 0 ? [`${runs.length} seeds`] : []),
    ...(behind.length > 0 ? [`${behind.length} recorded seeds`] : []),
  ].join(" and ");
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
        aria-label={`Validation losses of ${said}`}
        style={{ left: margin.left, top: margin.top, width, height }}
      />
    </div>
  );
}

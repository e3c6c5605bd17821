/** @file Axes of a plot: ticks with numbers, grid lines, and a title with the unit. */
import { format } from "d3";
import css from "./Axes.module.css";

/** Space around a plot for its axes, in px. */
export const margin = { top: 8, right: 26, bottom: 38, left: 50 };

interface AxesProps {
  /** Tick values and where they stand, in px. */
  readonly x: readonly { readonly value: number; readonly at: number }[];
  readonly y: readonly { readonly value: number; readonly at: number }[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** The plot's, without margins. */
  readonly width: number;
  readonly height: number;
}

const number = format(".4~g");

/** To be placed in a group whose origin is the plot's upper left corner. */
export function Axes({ x, y, xLabel, yLabel, width, height }: AxesProps) {
  return (
    <g className={css["axes"]}>
      {y.map(({ value, at }) => (
        <g key={value} transform={`translate(0 ${at})`}>
          <line x2={width} />
          <text x={-6} dy="0.35em" textAnchor="end">
            {number(value)}
          </text>
        </g>
      ))}
      {x.map(({ value, at }) => (
        <g key={value} transform={`translate(${at} ${height})`}>
          <line className={css["tick"]} y2={4} />
          <text y={16} textAnchor="middle">
            {number(value)}
          </text>
        </g>
      ))}
      <path d={`M0,0V${height}H${width}`} />
      <text className={css["title"]} x={width / 2} y={height + 33} textAnchor="middle">
        {xLabel}
      </text>
      <text
        className={css["title"]}
        transform={`translate(${11 - margin.left} ${height / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {yLabel}
      </text>
    </g>
  );
}

/** @file Axes of a plot: ticks with numbers, grid lines, and a title with the unit. */
import { format } from "d3";
import type { Size } from "../hooks/useSize.ts";
import css from "./Axes.module.css";

/** Space around a plot for its axes, in px. */
export const margin = { top: 8, right: 26, bottom: 44, left: 56 };

/** What is left for the plot, in px. */
export const plotSize = ({ width, height }: Size): Size => ({
  width: Math.max(0, width - margin.left - margin.right),
  height: Math.max(0, height - margin.top - margin.bottom),
});

/** A value and where it stands, in px. */
interface Tick {
  readonly value: number;
  readonly at: number;
}
interface Scale {
  (value: number): number;
  ticks(count: number): number[];
}
/** About so many round values. */
export const ticks = (scale: Scale, count: number): readonly Tick[] =>
  scale.ticks(count).map((value) => ({ value, at: scale(value) }));

interface AxesProps {
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** The plot's, without margins. */
  readonly width: number;
  readonly height: number;
}

const short = format(".4~g");
const number = (value: number): string => short(value).replace("e+", "e");
/** Of a letter of a title, in px: a unit, or a title, that would leave a low plot is left out. */
const letter = 6.5;

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
          <text y={2} dy="1.15em" textAnchor="middle">
            {number(value)}
          </text>
        </g>
      ))}
      <path d={`M0,0V${height}H${width}`} />
      <text className={css["title"]} x={width / 2} y={height + 22} dy="1.05em" textAnchor="middle">
        {xLabel}
      </text>
      <text
        className={css["title"]}
        transform={`translate(${13 - margin.left} ${height / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {[yLabel, yLabel.replace(/ \(.*\)$/, "")].find((l) => l.length * letter < height)}
      </text>
    </g>
  );
}

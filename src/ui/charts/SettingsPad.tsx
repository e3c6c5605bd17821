/** @file Two settings as one map: where the lane stands in it, and, shaded, where its steps would run away. */
import { useDeferredValue, useId, useMemo } from "react";
import type { HyperField } from "../../protocol/spec.ts";
import { useSize } from "../hooks/useSize.ts";
import { formatValue, positionOf, positions, valueAt } from "../parts/range-scale.ts";
import { divergingPath } from "../viz/toy-pad.ts";
import { PlaneHandle } from "./PlaneHandle.tsx";
import css from "./SettingsPad.module.css";

/** A setting, and the part of its range that the map shows. */
export interface PadAxis {
  readonly label: string;
  readonly range: Pick<HyperField, "min" | "max" | "scale">;
  readonly value: number;
}

interface SettingsPadProps {
  readonly label: string;
  readonly x: PadAxis;
  readonly y: PadAxis;
  /** A step's growth in the long run at these two settings; from 1 on it diverges. */
  readonly growth: (x: number, y: number) => number;
  readonly onChange: (x: number, y: number) => void;
}

/** Around the map, in px: numbers and names of the axes. */
const margin = { top: 6, right: 8, bottom: 34, left: 44 };
/** An arrow key moves by this share of an axis. */
const nudge = 1 / 100;

export function SettingsPad({ label, x, y, growth, onChange }: SettingsPadProps) {
  const [plot, size] = useSize<HTMLDivElement>();
  const hatch = useId();
  const width = Math.max(0, size.width - margin.left - margin.right);
  const height = Math.max(0, size.height - margin.top - margin.bottom);
  // A slider elsewhere may change the map on every frame: the slider comes first.
  const later = useDeferredValue(growth);
  const [rangeX, rangeY] = [x.range, y.range];
  const region = useMemo(() => {
    const at = (a: number, b: number) => later(valueAlong(rangeX, a), valueAlong(rangeY, b));
    return width > 0 ? divergingPath(at, width, height) : "";
  }, [later, rangeX, rangeY, width, height]);
  const [shareX, shareY] = [shareOf(x), shareOf(y)];
  const set = (a: number, b: number) =>
    onChange(valueAlong(x.range, clamp(a)), valueAlong(y.range, clamp(b)));
  const verdict = growth(x.value, y.value) < 1 ? "settles" : "diverges";
  const spoken = `${x.label} ${formatValue(x.value)}, ${y.label} ${formatValue(y.value)}: ${verdict}`;
  return (
    <figure className={css["pad"]}>
      <figcaption>
        {label} <b data-verdict={verdict}>{verdict}</b>
      </figcaption>
      <div className={css["plot"]} ref={plot}>
        {width > 0 && (
          <>
            <svg width={size.width} height={size.height} aria-hidden="true">
              <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse">
                <path d="M-1,6L6,-1" className={css["hatch"]} />
              </pattern>
              <g transform={`translate(${margin.left} ${margin.top})`}>
                <path d={region} fill={`url(#${hatch})`} className={css["region"]} />
                <rect width={width} height={height} className={css["frame"]} />
                {ends(x).map(({ text, share }) => (
                  <text
                    key={text}
                    x={share * width}
                    y={height + 14}
                    textAnchor={share ? "end" : "start"}
                  >
                    {text}
                  </text>
                ))}
                {ends(y).map(({ text, share }) => (
                  <text
                    key={text}
                    x={-4}
                    y={(1 - share) * height + (share ? 9 : 0)}
                    textAnchor="end"
                  >
                    {text}
                  </text>
                ))}
                <text x={width / 2} y={height + 28} textAnchor="middle" className={css["name"]}>
                  {x.label}
                </text>
                <text
                  transform={`translate(${-margin.left + 12} ${height / 2}) rotate(-90)`}
                  textAnchor="middle"
                  className={css["name"]}
                >
                  {y.label}
                </text>
              </g>
            </svg>
            <div
              className={css["area"]}
              style={{ left: margin.left, top: margin.top, width, height }}
              onPointerDown={({ target, currentTarget, clientX, clientY }) => {
                if (target !== currentTarget) return;
                const { left, top } = currentTarget.getBoundingClientRect();
                set((clientX - left) / width, 1 - (clientY - top) / height);
              }}
            >
              <PlaneHandle
                label={label}
                valueText={spoken}
                value={x.value}
                min={x.range.min}
                max={x.range.max}
                x={shareX * width}
                y={(1 - shareY) * height}
                onDrag={(px, py) => set(px / width, 1 - py / height)}
                onNudge={(right, up) => set(shareX + right * nudge, shareY + up * nudge)}
              />
            </div>
          </>
        )}
      </div>
    </figure>
  );
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));
const shareOf = ({ range, value }: PadAxis) => positionOf(range, value) / positions;
const valueAlong = (range: PadAxis["range"], share: number) =>
  valueAt(range, Math.round(share * positions));
const ends = ({ range: { min, max } }: PadAxis) =>
  [min, max].map((value, share) => ({ text: formatValue(value), share }));

/** @file Reads out any point of the phase plane, under the pointer or moved by the arrow keys. */
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { at } from "../viz/at.ts";
import { optimum, type PlaneScales, type State } from "../viz/plane.ts";
import css from "./PhasePlane.module.css";

interface PlaneProbeProps {
  readonly scales: PlaneScales;
  /** What one step of the lane on show does here, in words; undefined where that is not known. */
  readonly stepAt: (state: State) => string | undefined;
}

const number = (v: number) => v.toFixed(2).replace("-", "−");
/** Arrow keys move by this share of an axis. */
const share = 1 / 40;
const keys: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** Fills its parent, which is as large as the plot. */
export function PlaneProbe({ scales: { x, y }, stepAt }: PlaneProbeProps) {
  const [point, setPoint] = useState<State>();
  const follow = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    setPoint({ alpha: x.invert(clientX - left), w: y.invert(clientY - top) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") return setPoint(undefined);
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    const [left, right] = [at(x.domain(), 0), at(x.domain(), 1)];
    const [low, high] = [at(y.domain(), 0), at(y.domain(), 1)];
    const { alpha, w } = point ?? optimum;
    setPoint({
      alpha: Math.min(right, Math.max(left, alpha + move[0] * share * (right - left))),
      w: Math.min(high, Math.max(low, w + move[1] * share * (high - low))),
    });
    event.preventDefault();
  };
  const lines = point ? reading(point, stepAt(point)) : [];
  const [px, py] = point ? [x(point.alpha), y(point.w)] : [0, 0];
  const [width, height] = [at(x.range(), 1), at(y.range(), 0)];
  return (
    <div
      className={css["probe"]}
      role="slider"
      tabIndex={0}
      aria-label="Read a point of the plane"
      aria-valuemin={at(x.domain(), 0)}
      aria-valuemax={at(x.domain(), 1)}
      aria-valuenow={point?.alpha ?? optimum.alpha}
      aria-valuetext={point ? lines.join("; ") : "none chosen; arrow keys begin at the optimum"}
      onKeyDown={onKeyDown}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => setPoint(undefined)}
      onBlur={() => setPoint(undefined)}
    >
      {point && (
        <>
          <div className={css["cross"]} style={{ left: px, top: py }} />
          <p
            className={css["reading"]}
            style={{
              ...(px > width / 2 ? { right: width - px + 12 } : { left: px + 12 }),
              ...(py > height / 2 ? { bottom: height - py + 12 } : { top: py + 12 }),
            }}
          >
            {lines.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </p>
        </>
      )}
    </div>
  );
}

function reading({ alpha, w }: State, step: string | undefined): readonly string[] {
  const val = alpha * w - 2 * alpha + 1;
  const train = (w - alpha) ** 2;
  const far = Math.hypot(alpha - optimum.alpha, w - optimum.w);
  return [
    `α ${number(alpha)}, w ${number(w)}`,
    `L_val ${number(val)}, L_train ${number(train)}`,
    `${number(far)} from the optimum`,
    ...(step === undefined ? [] : [step]),
  ];
}

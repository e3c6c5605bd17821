/** @file A cursor over a loss chart: follows the pointer or the arrow keys and reads out the exact losses there. */
import { bisectCenter, greatest, type ScaleContinuousNumeric } from "d3";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { formatNumber } from "../parts/format.ts";
import { axisNames, indexAt, placesOn, type RaceAxis } from "../viz/costs.ts";
import type { LossLane } from "../viz/loss-view.ts";
import { margin } from "./Axes.tsx";
import css from "./LossChart.module.css";

interface LossCursorProps {
  readonly lanes: readonly LossLane[];
  readonly axis: RaceAxis;
  readonly scale: ScaleContinuousNumeric<number, number>;
  /** The plot's, in px. */
  readonly width: number;
  readonly height: number;
  /** The moment on show, marked where the axis is one of iterations. */
  readonly moment: number | undefined;
  readonly onTravel: ((steps: number) => void) | undefined;
}

const exact = (loss: number) => (Number.isFinite(loss) ? loss.toPrecision(6) : String(loss));

export function LossCursor({
  lanes,
  axis,
  scale,
  width,
  height,
  moment,
  onTravel,
}: LossCursorProps) {
  const [place, setPlace] = useState<number>();
  const placesOf = (lane: LossLane) => placesOn(axis, lane.records.get(), lane.costs?.get() ?? []);
  /** Of the lane that has come furthest. */
  const longest = () =>
    greatest(
      lanes.map((lane) => placesOf(lane)),
      (places) => places.at(-1) ?? -1,
    ) ?? [];
  const nearest = (wanted: number) => {
    const places = longest();
    return places[bisectCenter(places, wanted)];
  };
  const under = (event: PointerEvent) =>
    nearest(scale.invert(event.clientX - event.currentTarget.getBoundingClientRect().left));
  /** The moment after the step that stands here, in the lane that has come furthest. */
  const travel = (to: number | undefined) => {
    if (to !== undefined) onTravel?.(bisectCenter(longest(), to) + 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const places = longest();
    const here = place === undefined ? places.length : bisectCenter(places, place);
    const page = Math.max(1, Math.round(places.length / 10));
    const moves: Record<string, number> = {
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      PageUp: here + page,
      PageDown: here - page,
      Home: 0,
      End: places.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) setPlace(places[Math.min(places.length - 1, Math.max(0, next))]);
    else if (event.key === "Escape") setPlace(undefined);
    else if (event.key === "Enter") travel(place);
    else return;
    event.preventDefault();
  };

  const rows = lanes.flatMap((lane) => {
    const index = place === undefined ? undefined : indexAt(placesOf(lane), place);
    const record = index === undefined ? undefined : lane.records.get()[index];
    return record ? [{ lane, record }] : [];
  });
  const spoken = rows.map(
    ({ lane, record }) =>
      `${lane.label}: train ${exact(record.trainLoss)}, validation ${exact(record.valLoss)}`,
  );
  const x = place === undefined ? 0 : scale(place);
  const shown = place === undefined ? "" : formatNumber(place);
  const isOfSteps = axis === "steps";
  return (
    <div
      className={css["cursor"]}
      style={{ left: margin.left, top: margin.top, width, height }}
      role="slider"
      tabIndex={0}
      aria-label={isOfSteps ? "Losses at an iteration" : `Losses by ${axisNames[axis]}`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, longest().at(-1) ?? 0)}
      aria-valuenow={place ?? 0}
      aria-valuetext={
        place === undefined ? "none chosen" : [`${axisNames[axis]} ${shown}`, ...spoken].join("; ")
      }
      onKeyDown={onKeyDown}
      onPointerMove={(event) => setPlace(under(event))}
      onPointerDown={(event) => {
        setPlace(under(event));
        travel(under(event));
      }}
      onPointerLeave={() => setPlace(undefined)}
      onBlur={() => setPlace(undefined)}
    >
      {isOfSteps && moment !== undefined && (
        <div className={css["moment"]} style={{ left: scale(Math.max(0, moment - 1)) }} />
      )}
      {place !== undefined && rows.length > 0 && (
        <>
          <div className={css["hair"]} style={{ left: x }} />
          <table className={css["reading"]} style={x > width / 2 ? { left: 4 } : { right: 4 }}>
            <thead>
              <tr>
                <th scope="col">{isOfSteps ? `it ${place}` : shown}</th>
                <th scope="col">train</th>
                <th scope="col">validation</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ lane, record }) => (
                <tr key={lane.id}>
                  <th scope="row">{lane.letter}</th>
                  <td>{exact(record.trainLoss)}</td>
                  <td>{exact(record.valLoss)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

/** @file A cursor over a loss chart: follows the pointer or the arrow keys and reads out the exact losses there. */
import { bisector, greatest, type ScaleContinuousNumeric } from "d3";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import type { StepRecord } from "../../protocol/messages.ts";
import { margin } from "./Axes.tsx";
import css from "./LossChart.module.css";
import type { LossLane } from "./LossChart.tsx";

interface LossCursorProps {
  readonly lanes: readonly LossLane[];
  readonly scale: ScaleContinuousNumeric<number, number>;
  /** The plot's, in px. */
  readonly width: number;
  readonly height: number;
}

const byStep = bisector((record: StepRecord) => record.step);
const exact = (loss: number) => (Number.isFinite(loss) ? loss.toPrecision(6) : String(loss));

export function LossCursor({ lanes, scale, width, height }: LossCursorProps) {
  const [step, setStep] = useState<number>();
  const longest = () =>
    greatest(
      lanes.map((lane) => lane.records.get()),
      (r) => r.length,
    ) ?? [];
  const nearest = (wanted: number) => {
    const records = longest();
    return records[byStep.center(records, wanted)]?.step;
  };
  const follow = (event: PointerEvent) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    setStep(nearest(scale.invert(event.clientX - left)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const records = longest();
    const here = step === undefined ? records.length : byStep.center(records, step);
    const page = Math.max(1, Math.round(records.length / 10));
    const moves: Record<string, number> = {
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      PageUp: here + page,
      PageDown: here - page,
      Home: 0,
      End: records.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) setStep(records[Math.min(records.length - 1, Math.max(0, next))]?.step);
    else if (event.key === "Escape") setStep(undefined);
    else return;
    event.preventDefault();
  };

  const rows = lanes.flatMap((lane) => {
    const records = lane.records.get();
    const record = step === undefined ? undefined : records[byStep.left(records, step)];
    return record?.step === step && record ? [{ lane, record }] : [];
  });
  const spoken = rows.map(
    ({ lane, record }) =>
      `${lane.label}: train ${exact(record.trainLoss)}, validation ${exact(record.valLoss)}`,
  );
  const x = step === undefined ? 0 : scale(step);
  return (
    <div
      className={css["cursor"]}
      style={{ left: margin.left, top: margin.top, width, height }}
      role="slider"
      tabIndex={0}
      aria-label="Losses at an iteration"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, longest().at(-1)?.step ?? 0)}
      aria-valuenow={step ?? 0}
      aria-valuetext={
        step === undefined ? "none chosen" : [`iteration ${step}`, ...spoken].join("; ")
      }
      onKeyDown={onKeyDown}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => setStep(undefined)}
      onBlur={() => setStep(undefined)}
    >
      {step !== undefined && rows.length > 0 && (
        <>
          <div className={css["hair"]} style={{ left: x }} />
          <table className={css["reading"]} style={x > width / 2 ? { left: 4 } : { right: 4 }}>
            <thead>
              <tr>
                <th scope="col">it {step}</th>
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

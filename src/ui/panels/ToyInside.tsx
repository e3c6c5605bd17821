/** @file In the plane while a step is walked through: what each stage has moved so far, the stage on show in bold. */
import { useEngine, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { type PlaneScales, type State, weightsIn } from "../viz/plane.ts";
import { movesInside, type PlaneMove } from "../viz/plane-inside.ts";
import styles from "./ToyStage.module.css";
import { useNow, useStage } from "./use-inside.ts";
import { startOf } from "./use-toy.ts";

interface Props {
  readonly lane: Lane;
  /** Where a run began whose spec names no start. */
  readonly usual: State;
  readonly scales: PlaneScales;
}

export function ToyInside({ lane, usual, scales }: Props) {
  const stage = useNow(useStage(lane));
  const phase = useView((view) => view.phase);
  const run = useEngine(({ runs }) => (lane.runId === undefined ? undefined : runs[lane.runId]));
  if (!stage || !run || phase === undefined) return null;
  const [step, here] = [lane.stepsAsked - 1, Math.min(phase, run.phases.length - 1)];
  const after = weightsIn(run.records[step]);
  const start = startOf(run.spec?.spaceHyper, usual);
  // A second copy of the weights begins where the first does.
  const first = { ...start, ...(after?.y !== undefined && { y: start.w }) };
  const before = step === 0 ? first : weightsIn(run.records[step - 1]);
  if (!before || !after) return null;
  return (
    <g className={styles["inside"]}>
      {movesInside(run.phases, here, before, after).map((move) => (
        <Move key={move.of} move={move} scales={scales} />
      ))}
    </g>
  );
}

const names = { alpha: "α", w: "w", y: "y" } as const;
/** Of the arrow's head, from its tip to the letter, and from the way of w to that of y, which has the same α; in px. */
const [headLength, headHalf, beyond, beside] = [11, 6, 16, 18];

function Move({ move: { of, from, to, isNow }, scales: { x, y } }: MoveProps) {
  const right = of === "y" ? beside : 0;
  const [tail, tip] = [
    { x: x(from.alpha) + right, y: y(from.w) },
    { x: x(to.alpha) + right, y: y(to.w) },
  ];
  const length = Math.hypot(tip.x - tail.x, tip.y - tail.y) || 1;
  const [u, v] = [(tip.x - tail.x) / length, (tip.y - tail.y) / length];
  const head = Math.min(headLength, length);
  const neck = { x: tip.x - head * u, y: tip.y - head * v };
  const wing = (side: number) => `${neck.x - side * headHalf * v},${neck.y + side * headHalf * u}`;
  return (
    <g data-now={isNow} data-of={of}>
      <path d={`M${tail.x},${tail.y}L${neck.x},${neck.y}`} />
      <path data-part="head" d={`M${wing(1)}L${tip.x},${tip.y}L${wing(-1)}Z`} />
      <text x={tip.x + beyond * u} y={tip.y + beyond * v} dy="0.35em">
        {names[of]}
      </text>
    </g>
  );
}
interface MoveProps {
  readonly move: PlaneMove;
  readonly scales: PlaneScales;
}

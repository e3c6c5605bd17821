/** @file A lane of the toy in numbers: where it is and where it will end, and how far both are from the optimum. */
import type { Hyper } from "../../protocol/spec.ts";
import { formatCount, formatFixed } from "../parts/format.ts";
import { useLive, useSampled } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { useSpecs } from "../state/specs.ts";
import type { RunView } from "../state/store.ts";
import { optimum } from "../viz/plane.ts";
import { upperLoss } from "../viz/race.ts";
import type { ToyEnd } from "../viz/toy-end.ts";
import styles from "./ToyResult.module.css";
import { startOf, useToyLane, useToyStart } from "./use-toy.ts";

const selectValues = (run: RunView | undefined) => run?.records.at(-1)?.values;
const number = (v: number | undefined, digits: number) =>
  v === undefined ? "–" : formatFixed(v, digits);

export function ToyResult({ lane }: { readonly lane: Lane }) {
  const toy = useToyLane(lane);
  const values = useSampled(useLive(lane.runId, selectValues));
  const [spec] = useSpecs([lane]);
  const { usual } = useToyStart();
  if (!toy) return null;
  const { end, rules } = toy;
  const origin = startOf(spec?.spaceHyper, usual);
  // Every method's y begins where w does.
  const now: Hyper = values ?? { ...origin, y: origin.w };
  const hasY = rules.method === "rarts";
  // A column more leaves room for a digit less.
  const digits = hasY ? 3 : 4;
  const rows: readonly Row[] = [
    { name: "now", alpha: now["alpha"], w: now["w"], y: now["y"] },
    end.kind === "point"
      ? { name: end.radius < 1 ? "predicted end" : "not reached", ...end }
      : { name: "predicted end" },
  ];
  return (
    <>
      <table
        className={styles["table"]}
        data-wide={hasY}
        aria-label={`Lane ${lane.letter}: where it is, and its predicted end`}
      >
        <thead>
          <tr>
            <td />
            <th scope="col">α</th>
            <th scope="col">w</th>
            {hasY && <th scope="col">y</th>}
            <th scope="col">
              <span className="visually-hidden">distance to the optimum </span>to (1, 1)
            </th>
            <th scope="col" title="The validation loss once w has followed α: L_val(w*(α), α)">
              <span className="visually-hidden">true validation loss </span>(α − 1)²
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{number(row.alpha, digits)}</td>
              <td>{number(row.w, digits)}</td>
              {hasY && <td>{number(row.y, digits)}</td>}
              <td>{number(distance(row), digits)}</td>
              <td>{number(upperLoss(row.alpha), digits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{pace(end)}</p>
    </>
  );
}

interface Row {
  readonly name: string;
  readonly alpha?: number | undefined;
  readonly w?: number | undefined;
  readonly y?: number | undefined;
}
const distance = ({ alpha, w }: Row) =>
  alpha === undefined || w === undefined
    ? undefined
    : Math.hypot(alpha - optimum.alpha, w - optimum.w);

/** How long the way takes, from the factor by which a step shortens it. */
function pace(end: ToyEnd): string {
  if (end.kind === "none") return `No predicted end: ${end.reason}.`;
  if (end.radius >= 1)
    return `Predicted: a step makes the way ${end.radius.toPrecision(4)} × longer.`;
  const steps = Math.ceil(Math.log(0.01) / Math.log(end.radius));
  return Number.isFinite(steps)
    ? `Predicted: 99 % of the way in about ${formatCount(steps)} steps.`
    : "Predicted: the way never ends.";
}

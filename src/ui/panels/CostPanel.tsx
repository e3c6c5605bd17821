/** @file What each lane has taken, counted, side by side; and a budget that stops them. */
import { useId, useState } from "react";
import { formatCount, formatNumber } from "../parts/format.ts";
import { NumberField } from "../parts/NumberField.tsx";
import { useActions, usePresent, useSampled, useView } from "../state/app.ts";
import { type BudgetKind, budgetWords } from "../state/budget.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { medianMs } from "../viz/costs.ts";
import styles from "./CostPanel.module.css";
import { useLanes } from "./use-lanes.ts";

const costsOf = (run: RunView | undefined) => run?.costs;

export function CostPanel() {
  const lanes = useLanes();
  const [watts, setWatts] = useState(usualWatts);
  return (
    <>
      <table className={`${styles["table"]} numbers`}>
        <caption className="soft">
          Counted, not estimated; a look at the gap is not a step's.
        </caption>
        <thead>
          <tr>
            <th scope="col">lane</th>
            <th scope="col">gradient passes</th>
            <th scope="col">forward only</th>
            <th scope="col">ms / step</th>
            <th scope="col">peak MB</th>
            <th scope="col">W·h</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => (
            <Row key={lane.id} lane={lane} watts={watts} />
          ))}
        </tbody>
      </table>
      <p className={`${styles["budget"]} soft`}>
        W·h only if this computer draws
        <NumberField label="Watts" range={wattsRange} value={watts} onCommit={setWatts} />W
      </p>
      <BudgetStop />
    </>
  );
}

/** What a laptop under load may draw; nobody here can measure it. */
const usualWatts = 30;
const wattsRange = { min: 1, max: 2000, scale: "integer" } as const;
const msAnHour = 3.6e6;

interface RowProps {
  readonly lane: Lane;
  readonly watts: number;
}

function Row({ lane, watts }: RowProps) {
  const costs = useSampled(usePresent(lane.runId, costsOf));
  const budget = useView((view) => view.budget);
  const last = costs?.at(-1);
  const ms = costs && medianMs(costs);
  const amount = (value: number | undefined, form: (v: number) => string) =>
    value === undefined ? "–" : form(value);
  const share =
    budget?.kind === "gradients" && last ? Math.min(1, last.gradients / budget.amount) : undefined;
  return (
    <tr>
      <th scope="row">{lane.letter}</th>
      <td>
        {amount(last?.gradients, (v) => formatCount(Math.round(v)))}
        {share !== undefined && (
          <span className={styles["bar"]} style={{ width: `${(100 * share).toFixed(0)}%` }} />
        )}
      </td>
      <td>{amount(last?.forwards, (v) => formatCount(Math.round(v)))}</td>
      <td title="Median of the last 50 steps">{amount(ms, formatNumber)}</td>
      <td>{amount(last && last.bytes / 2 ** 20, formatNumber)}</td>
      <td>{amount(last && (last.ms * watts) / msAnHour, formatNumber)}</td>
    </tr>
  );
}

const range = { min: 1, max: 10_000_000, scale: "integer" } as const;
const usual: Readonly<Record<BudgetKind, number>> = { gradients: 500, seconds: 60, settled: 200 };
const isKind = (value: string): value is BudgetKind => Object.hasOwn(budgetWords, value);

function BudgetStop() {
  const { setBudget } = useActions();
  const budget = useView((view) => view.budget);
  const [amounts, setAmounts] = useState(usual);
  const id = useId();
  const kind = budget?.kind;
  return (
    <div className={styles["budget"]}>
      <label htmlFor={id}>Stop all at</label>
      {kind && (
        <NumberField
          label="Budget"
          range={range}
          value={amounts[kind]}
          onCommit={(amount) => {
            setAmounts({ ...amounts, [kind]: amount });
            setBudget({ kind, amount });
          }}
        />
      )}
      <select
        id={id}
        className="select"
        value={kind ?? ""}
        onChange={({ target: { value } }) =>
          setBudget(isKind(value) ? { kind: value, amount: amounts[value] } : undefined)
        }
      >
        <option value="">no budget</option>
        {Object.entries(budgetWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {kind && <p className="soft">A lane that has used it up pauses; Play takes it on beyond.</p>}
    </div>
  );
}

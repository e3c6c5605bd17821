/** @file Stops lanes that have used up a budget: so many passes, seconds of computing, or steps without a change. */
import { flipsIn } from "../viz/changes.ts";
import type { EngineClient } from "./client.ts";
import type { Runs } from "./runs.ts";
import type { RunView } from "./store.ts";
import type { ViewStore } from "./view.ts";

/** What may be used up. */
export type BudgetKind = "gradients" | "seconds" | "settled";
export interface Budget {
  readonly kind: BudgetKind;
  readonly amount: number;
}
export const budgetWords: Readonly<Record<BudgetKind, string>> = {
  gradients: "gradient passes",
  seconds: "seconds of computing",
  settled: "steps without a change",
};

/** How much of it a run has used. */
function usedOf(kind: BudgetKind, { costs, records, changes }: RunView): number {
  const cost = costs?.at(-1);
  if (kind === "gradients") return cost?.gradients ?? 0;
  if (kind === "seconds") return (cost?.ms ?? 0) / 1000;
  return records.length - (flipsIn(changes).at(-1) ?? 0);
}

/** Follows the engine. A lane is paused where it crosses the budget, so that Play goes on beyond it. */
export function createBudget({ store }: EngineClient, view: ViewStore, runs: Runs) {
  store.subscribe((now, before) => {
    const { budget, lanes, outOf } = view.getState();
    if (now.runs === before.runs) return;
    for (const { id, runId } of lanes) {
      const [run, old] = [runId && now.runs[runId], runId && before.runs[runId]];
      if (!runId || !run || !old || run.status !== "playing") continue;
      if (old.status !== "playing" && outOf[runId])
        view.setState({ outOf: { ...outOf, [runId]: undefined } });
      if (!budget) continue;
      const { kind, amount } = budget;
      if (usedOf(kind, old) >= amount || usedOf(kind, run) < amount) continue;
      runs.pause(id);
      const text = `budget reached: ${amount} ${budgetWords[kind]}`;
      view.setState(({ seen, outOf }) => ({
        seen: [...seen, { runId, steps: run.records.length, text }],
        outOf: { ...outOf, [runId]: text },
      }));
    }
  });
  return { setBudget: (budget: Budget | undefined) => view.setState({ budget }) };
}

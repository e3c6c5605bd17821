/** @file Looks at runs while they go: measures the gap every few steps, and λ_max where that is asked for. */
import type { RunId } from "../../protocol/spec.ts";
import type { EngineClient } from "./client.ts";
import type { ViewStore } from "./view.ts";

/** Steps between two looks by itself. */
export const lookEvery = 25;
/** Probes' ids in the catalog. */
export type Look = "gap" | "lambda" | "edges";

/** Follows the engine. Looks change nothing of a run but the time it takes. */
export function createHealth({ store, send }: EngineClient, view: ViewStore) {
  const asked = new Map<string, number>();
  /** Whether the engine can look at this run now. */
  const canLook = (runId: RunId, look: Look): boolean => {
    const { catalog, runs } = store.getState();
    const run = runs[runId];
    const probe = catalog?.probes.find(({ id }) => id === look);
    const isAlive =
      run?.status === "playing" || run?.status === "paused" || run?.status === "finished";
    return isAlive && !!run?.spec && !!probe?.spaces.includes(run.spec.space);
  };
  const ask = (runId: RunId, look: Look) => {
    if (!canLook(runId, look)) return;
    asked.set(`${look} ${runId}`, store.getState().runs[runId]?.records.length ?? 0);
    send({ kind: "probe", runId, probe: look });
  };
  store.subscribe((now, before) => {
    if (now.runs === before.runs) return;
    const { lanes, looks } = view.getState();
    for (const { runId } of lanes) {
      const run = runId && now.runs[runId];
      if (!runId || !run || run === before.runs[runId] || run.status === "recorded") continue;
      for (const look of looks) {
        const last = asked.get(`${look} ${runId}`) ?? 0;
        if (run.records.length - last >= lookEvery) ask(runId, look);
      }
    }
  });
  return {
    /** Measures now, whatever was measured before. */
    lookNow(runId: RunId | undefined, look: Look) {
      if (runId !== undefined) ask(runId, look);
    },
    /** Whether a look is repeated while runs go on. */
    setLook(look: Look, isOn: boolean) {
      view.setState(({ looks }) => ({
        looks: isOn ? [...new Set([...looks, look])] : looks.filter((l) => l !== look),
      }));
    },
    setThreshold(name: "skips" | "growth", value: number) {
      view.setState(({ thresholds }) => ({ thresholds: { ...thresholds, [name]: value } }));
    },
  };
}

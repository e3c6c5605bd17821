/** @file What several panels read about lanes, each in one place. */
import type { StepRecord } from "../../protocol/messages.ts";
import type { Preset } from "../../protocol/spec.ts";
import { useEngine, usePlayground, useView } from "../state/app.ts";
import { type Lane, type Method, presetOf } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import type { Twin } from "../state/twins.ts";
import type { Cost } from "../viz/costs.ts";
import type { Live } from "../viz/live.ts";

export const useLanes = (): readonly Lane[] => useView((view) => view.lanes);

/** The preset in force; undefined until the catalog is known. */
export function usePreset(): Preset | undefined {
  const catalog = useEngine((engine) => engine.catalog);
  const setup = useView((view) => view.setup);
  return catalog && presetOf(catalog, setup);
}

/** Whether the preset's task is one of characters: losses in bits a character, and text to draw. */
export function useIsText(): boolean {
  const task = usePreset()?.settings.task;
  const tasks = useEngine((engine) => engine.catalog)?.tasks;
  return tasks?.find(({ id }) => id === task)?.isText ?? false;
}

export function useMethod(id: string): Method | undefined {
  return useEngine((engine) => engine.catalog)?.methods.find((m) => m.id === id);
}

/** A part of a lane's run that changes rarely: its status, groups, spec, error. */
export function useRun<T>(lane: Lane | undefined, select: (run: RunView) => T): T | undefined {
  const runId = lane?.runId;
  return useEngine(({ runs }) => {
    const run = runId === undefined ? undefined : runs[runId];
    return run && select(run);
  });
}

/** The twin beside the lane's run; undefined where there is none. */
export function useTwin({ runId }: Lane): Twin | undefined {
  return useView(({ twins }) => (runId === undefined ? undefined : twins[runId]));
}

/** The whole run. Declared once, so that a live value of it keeps its identity. */
export const selectRun = (run: RunView | undefined) => run;

/** A lane as the charts want it: its letter, its method's name and its records. */
export function useCurves(): readonly Curve[] {
  const { recordsOf, costsOf, shownRecordsOf } = usePlayground();
  const methods = useEngine((engine) => engine.catalog)?.methods;
  return useLanes().map(({ id, letter, method, runId }) => ({
    id,
    letter,
    label: methods?.find((m) => m.id === method)?.label ?? method,
    records: recordsOf(runId),
    costs: costsOf(runId),
    past: shownRecordsOf(runId),
  }));
}
interface Curve {
  readonly id: string;
  readonly letter: string;
  readonly label: string;
  readonly records: Live<readonly StepRecord[]>;
  readonly costs: Live<readonly Cost[]>;
  /** Up to the moment on show. */
  readonly past: Live<readonly StepRecord[]>;
}

/** @file The UI's picture of the engine: a fold over its events. Nothing here knows React. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Catalog } from "../../protocol/catalog.ts";
import type {
  BackendReport,
  BackendSpeed,
  Burst,
  Command,
  Endpoint,
  EngineEvent,
  Evaluated,
  Flag,
  Phase,
  Probed,
  Progress,
  Rescue,
  RunCost,
  RunError,
  RunEvent,
  RunSize,
  RunStatus,
  Samples,
} from "../../protocol/messages.ts";
import type { AlphaGroup, RunId, RunSpec, Steer } from "../../protocol/spec.ts";
import { type History, historyOf, noHistory, tunedAt, withBurst, withLook } from "./history.ts";

/** What the UI knows of one run. */
export interface RunView extends History {
  /** "recorded": from a file; nothing computes it. */
  readonly status: RunStatus | "failed" | "recorded";
  /** As the engine has it, live changes included; absent until the run is made. */
  readonly spec: RunSpec | undefined;
  readonly groups: readonly AlphaGroup[];
  /** What its next step consists of. */
  readonly phases: readonly Phase[];
  /** What the engine expects it to need; absent where it cannot tell. */
  readonly cost: RunCost | undefined;
  /** Counted; absent for a run from a file. */
  readonly size: RunSize | undefined;
  /** Steps that go once through a half's examples; absent where there are none, and for a run from a file. */
  readonly epoch: number | undefined;
  /** The newest burst: alpha, genotype and speed. */
  readonly latest: Burst | undefined;
  /** The newest checkpoint: one that was asked for, or what a failed run handed over. */
  readonly saved: { readonly steps: number; readonly bytes: ArrayBuffer } | undefined;
  /** What probes found, in the order in which they were asked. */
  readonly probed: readonly Probed[];
  /** Its newest accuracy; absent until that was asked for. */
  readonly evaluated: Evaluated | undefined;
  /** What stop rules have planted, in order. */
  readonly flags: readonly Flag[];
  /** Work that a person waits for; absent when there is none. */
  readonly progress: Progress | undefined;
  /** The newest text drawn from it; absent until some was asked for. */
  readonly samples: Samples | undefined;
  /** The last command that the engine refused, until one of its kind is accepted. */
  readonly refused: RunError | undefined;
  /** Why the run has ended; only with status "failed". */
  readonly error: RunError | undefined;
}
/** What the UI knows of the engine. */
export interface EngineState {
  readonly catalog: Catalog | undefined;
  /** The backend in use; absent while the engine starts. */
  readonly backend: BackendReport | undefined;
  /** Why there is no engine: no backend works, or its worker has died. */
  readonly unusable: RunError | undefined;
  /** A step's time on each backend, once measured on this machine. */
  readonly speeds: readonly BackendSpeed[] | "measuring" | undefined;
  readonly runs: Readonly<Record<RunId, RunView>>;
  /** Why the last data of the user's own were not accepted. */
  readonly dataRefused: RunError | undefined;
}

/** Whom the engine's answers to data are for: no run has this name. */
export const ownData = "own data" as RunId;

export const initialState: EngineState = {
  catalog: undefined,
  backend: undefined,
  unusable: undefined,
  speeds: undefined,
  runs: {},
  dataRefused: undefined,
};
const newRun: RunView = {
  ...noHistory,
  status: "loading",
  spec: undefined,
  groups: [],
  phases: [],
  cost: undefined,
  size: undefined,
  epoch: undefined,
  latest: undefined,
  saved: undefined,
  probed: [],
  evaluated: undefined,
  flags: [],
  progress: undefined,
  samples: undefined,
  refused: undefined,
  error: undefined,
};

/** What the page itself knows of a run: its past, before the engine has made it anew or instead of that. */
export type PageEvent =
  | { readonly kind: "past"; readonly runId: RunId; readonly past: History }
  | {
      readonly kind: "recorded";
      readonly runId: RunId;
      readonly past: History;
      readonly spec: RunSpec;
      readonly groups: readonly AlphaGroup[];
      readonly latest: Burst;
    }
  | { readonly kind: "forgotten"; readonly runId: RunId };

/** Pure: the whole of the UI's knowledge of the engine is `events.reduce(reduce, initialState)`. */
export function reduce(state: EngineState, event: EngineEvent | PageEvent): EngineState {
  if (event.kind === "ready")
    return { ...state, catalog: event.catalog, backend: event.backend, unusable: undefined };
  if (event.kind === "unusable")
    return { ...state, unusable: event.error, runs: failAll(state.runs, event.error) };
  if (event.kind === "measured") return { ...state, speeds: event.speeds };
  if (event.kind === "refused" && event.runId === ownData)
    return { ...state, dataRefused: event.error };
  const { runId } = event;
  const run = Object.hasOwn(state.runs, runId) ? state.runs[runId] : undefined;
  const next = reduceRun(run, event);
  if (next === run) return state;
  const { [runId]: _, ...others } = state.runs;
  return { ...state, runs: next ? { ...others, [runId]: next } : others };
}

/** A run is known from its first "loading", "created" or "failed"; what comes for a forgotten one is ignored. */
function reduceRun(known: RunView | undefined, event: RunEvent | PageEvent): RunView | undefined {
  if (event.kind === "past") return { ...newRun, ...event.past };
  if (event.kind === "recorded") {
    const { past, spec, groups, latest } = event;
    return { ...newRun, ...past, status: "recorded", spec, groups, latest };
  }
  if (event.kind === "forgotten") return undefined;
  if (event.kind === "created") {
    const { spec, groups, phases, burst, cost, size, epoch } = event;
    const status = known?.status === "playing" ? "playing" : "paused";
    const made = { spec, groups, phases, cost, size, epoch };
    const now = { ...made, status, latest: burst, flags: [] } as const;
    // A branch was given its past before it was made.
    if (known?.status === "loading" && known.trace)
      return { ...known, ...now, ...withLook(known, burst), progress: undefined };
    return { ...newRun, ...historyOf(spec, burst), ...now };
  }
  if (event.kind === "failed") {
    const run = known ?? newRun;
    const saved = rescued(run, event.rescue);
    return { ...run, status: "failed", progress: undefined, error: event.error, saved };
  }
  if (!known)
    return event.kind === "status" && event.status === "loading" ? { ...newRun } : undefined;
  // A failed run is over: what it had still to say changes nothing.
  if (known.status === "failed" && event.kind !== "disposed") return known;
  switch (event.kind) {
    case "status":
      return { ...known, status: event.status };
    case "progress":
      return { ...known, progress: event.progress };
    case "steps":
      return {
        ...known,
        ...withBurst(known, event.burst),
        latest: event.burst,
        progress: undefined,
      };
    case "tuned":
      return {
        ...known,
        ...tunedAt(known, event),
        ...(event.patch.steer?.some(movesAlpha) && withoutLooks(known)),
        spec: event.spec,
        phases: event.phases,
        refused: undefined,
      };
    case "refused":
      return { ...known, refused: event.error };
    case "checkpoint":
      return { ...known, saved: { steps: event.step, bytes: event.bytes } };
    case "samples":
      return { ...known, samples: event.samples };
    case "probed":
      return { ...known, probed: [...known.probed, event] };
    case "evaluated":
      return { ...known, evaluated: event };
    case "flag":
      return { ...known, flags: [...known.flags, event.flag] };
    case "disposed":
      return undefined;
    default:
      return event satisfies never;
  }
}

/** A hold or a pin alone leaves it where it is. */
const movesAlpha = ({ set, force }: Steer): boolean =>
  set !== undefined || force === "mask" || force === "none";

/** Without what was measured at this step: a hand on α has made it another network. */
const withoutLooks = ({ probed, evaluated, records }: RunView): Partial<RunView> => ({
  probed: probed.filter(({ step }) => step < records.length),
  evaluated: evaluated && evaluated.step < records.length ? evaluated : undefined,
});

/** The last state that is of use: what a failing run handed over, or the newest that was kept before. */
function rescued(run: RunView, rescue: Rescue | undefined): RunView["saved"] {
  // A past ends at the last step that was told of; a state beyond it would leave a hole.
  if (!rescue || rescue.step > run.records.length) return run.saved;
  return run.saved && run.saved.steps > rescue.step
    ? run.saved
    : { steps: rescue.step, bytes: rescue.bytes };
}

/** Without an engine no run goes on; one that had ended keeps its result. */
function failAll(runs: EngineState["runs"], error: RunError): EngineState["runs"] {
  const failed = Object.entries(runs).map(([id, run]) => [
    id,
    run.status === "finished" || run.status === "failed" || run.status === "recorded"
      ? run
      : { ...run, status: "failed", error },
  ]);
  return Object.fromEntries(failed);
}

/** The fold, and the way to the engine. */
export interface EngineLink {
  readonly store: StoreApi<EngineState>;
  send(command: Command, transfer?: readonly ArrayBuffer[]): void;
}

/** Folds what the page itself knows into its store. */
export const tell = (store: StoreApi<EngineState>, event: PageEvent): void =>
  store.setState((state) => reduce(state, event), true);

/** Ends a run beside the lanes. One that failed may never have been made: it is known to the page alone. */
export function endRun({ store, send }: EngineLink, runId: RunId): void {
  if (store.getState().runs[runId]?.status === "failed") tell(store, { kind: "forgotten", runId });
  else send({ kind: "dispose", runId });
}

/** Folds one endpoint's events into a new store. */
export function connect(endpoint: Endpoint<EngineEvent, Command>): EngineLink {
  const store = createStore<EngineState>(() => initialState);
  endpoint.onMessage((event) => store.setState((state) => reduce(state, event), true));
  return { store, send: (command, transfer) => endpoint.postMessage(command, transfer) };
}

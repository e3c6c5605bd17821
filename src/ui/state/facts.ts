/** @file What the runs have come to, and what of it the screen shows, as the facts that lessons speak of. */
import type { Facts, LaneFacts } from "../lessons/deck.ts";
import { msPerStepOf } from "../viz/costs.ts";
import type { Live } from "../viz/live.ts";
import { alphaIn, rowAt, type Trace } from "../viz/trace.ts";
import type { EngineClient } from "./client.ts";
import { type Lane, presetOf } from "./lanes.ts";
import type { Shown } from "./shown.ts";
import type { EngineState, RunView } from "./store.ts";
import { toyLane } from "./toy-lane.ts";
import type { ViewState, ViewStore } from "./view.ts";

type RunOf = Shown["of"];

function factsOf(engine: EngineState, view: ViewState, runOf: RunOf): Facts {
  const { isXray, rule, phase } = view;
  return {
    lanes: view.lanes.map((lane) => laneFacts(engine, view, lane, runOf(lane.runId))),
    isXray,
    rule,
    isInPhase: phase !== undefined,
  };
}

function laneFacts(
  { catalog }: EngineState,
  { setup }: ViewState,
  lane: Lane,
  run: RunView | undefined,
): LaneFacts {
  const preset = catalog && presetOf(catalog, setup);
  const isToy = preset?.settings.space === "toy";
  return {
    letter: lane.letter,
    method: lane.method,
    label: catalog?.methods.find((m) => m.id === lane.method)?.label ?? lane.method,
    seed: setup.seed,
    steps: run?.records.length ?? 0,
    isPlaying: run?.status === "playing",
    msPerStep: msPerStepOf(run),
    toy: isToy ? toyPoint(run) : undefined,
    end: isToy ? toyLane(catalog as NonNullable<typeof catalog>, preset, lane)?.end : undefined,
    changes: run?.changes ?? [],
    cells: isToy || !run ? [] : cellsOf(run),
  };
}

function toyPoint(run: RunView | undefined): LaneFacts["toy"] {
  const { alpha, w, y } = run?.records.at(-1)?.values ?? {};
  if (alpha === undefined || w === undefined) return undefined;
  return { alpha, w, ...(y !== undefined && { y }) };
}

function cellsOf({ groups, latest, trace, records }: RunView): LaneFacts["cells"] {
  return groups.flatMap((group) => {
    const alpha = latest?.alpha[group.name];
    const kept = latest?.genotype.groups[group.name];
    const moved = trace && movedRows(trace, records.length, group.name, group.ops.length);
    return alpha && kept ? [{ group, alpha, kept, moved }] : [];
  });
}

/** On how many edges the last row up to a step differs from the one before. */
function movedRows(trace: Trace, steps: number, name: string, columns: number): number | undefined {
  const row = rowAt(trace, steps);
  if (row < 1) return undefined;
  const [before, now] = [row - 1, row].map((at) => alphaIn(trace, name, at));
  if (!before || !now) return undefined;
  const moved = new Set<number>();
  for (const [i, value] of now.entries())
    if (value !== before[i]) moved.add(Math.floor(i / columns));
  return moved.size;
}

/** The facts of the present as they change, and those of the moment on show. */
export function createFacts(
  { store }: Pick<EngineClient, "store">,
  view: ViewStore,
  shown: Pick<Shown, "of">,
) {
  const now: RunOf = (runId) => (runId === undefined ? undefined : store.getState().runs[runId]);
  return { ...liveFacts(store, view, now), shown: liveFacts(store, view, shown.of) };
}

/** The same object for the same states. */
function liveFacts(store: EngineClient["store"], view: ViewStore, runOf: RunOf): Live<Facts> {
  let last: { engine: EngineState; view: ViewState; facts: Facts } | undefined;
  return {
    get() {
      const now = { engine: store.getState(), view: view.getState() };
      if (last?.engine !== now.engine || last.view !== now.view)
        last = { ...now, facts: factsOf(now.engine, now.view, runOf) };
      return last.facts;
    },
    subscribe(changed) {
      const stops = [store.subscribe(changed), view.subscribe(changed)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

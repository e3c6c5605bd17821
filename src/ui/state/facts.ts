/** @file What the screen shows, as the facts that lessons speak of. */
import type { Facts, LaneFacts } from "../lessons/deck.ts";
import { alphaIn, type Trace } from "../viz/trace.ts";
import type { EngineClient } from "./client.ts";
import { type Lane, presetOf } from "./lanes.ts";
import type { EngineState, RunView } from "./store.ts";
import { toyLane } from "./toy-lane.ts";
import type { ViewState, ViewStore } from "./view.ts";

function factsOf(engine: EngineState, view: ViewState): Facts {
  const { isXray, rule, phase } = view;
  return {
    lanes: view.lanes.map((lane) => laneFacts(engine, view, lane)),
    isXray,
    rule,
    isInPhase: phase !== undefined,
  };
}

function laneFacts({ catalog, runs }: EngineState, { setup }: ViewState, lane: Lane): LaneFacts {
  const run = lane.runId === undefined ? undefined : runs[lane.runId];
  const preset = catalog && presetOf(catalog, setup);
  const isToy = preset?.settings.space === "toy";
  return {
    letter: lane.letter,
    method: lane.method,
    label: catalog?.methods.find((m) => m.id === lane.method)?.label ?? lane.method,
    seed: setup.seed,
    steps: run?.records.length ?? 0,
    isPlaying: run?.status === "playing",
    msPerStep: run?.latest?.msPerStep,
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

function cellsOf({ groups, latest, trace }: RunView): LaneFacts["cells"] {
  return groups.flatMap((group) => {
    const alpha = latest?.alpha[group.name];
    const kept = latest?.genotype.groups[group.name];
    const moved = trace && movedRows(trace, group.name, group.ops.length);
    return alpha && kept ? [{ group, alpha, kept, moved }] : [];
  });
}

/** On how many edges the newest row of a trace differs from the one before. */
function movedRows(trace: Trace, name: string, columns: number): number | undefined {
  if (trace.length < 2) return undefined;
  const [before, now] = [trace.length - 2, trace.length - 1].map((row) =>
    alphaIn(trace, name, row),
  );
  if (!before || !now) return undefined;
  const moved = new Set<number>();
  for (const [i, value] of now.entries())
    if (value !== before[i]) moved.add(Math.floor(i / columns));
  return moved.size;
}

/** The facts as they change; the same object for the same states. */
export function createFacts({ store }: Pick<EngineClient, "store">, view: ViewStore) {
  let last: { engine: EngineState; view: ViewState; facts: Facts } | undefined;
  return {
    get(): Facts {
      const now = { engine: store.getState(), view: view.getState() };
      if (last?.engine !== now.engine || last.view !== now.view)
        last = { ...now, facts: factsOf(now.engine, now.view) };
      return last.facts;
    },
    subscribe(changed: () => void): () => void {
      const stops = [store.subscribe(changed), view.subscribe(changed)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

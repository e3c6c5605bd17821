/** @file The verb of a width search's end: a new lane that trains what is left once another is pruned. */
import type { PruneBy, RunId } from "../../protocol/spec.ts";
import { freeLetter, type Lane, presetOf, trainerFor, withLane } from "./lanes.ts";
import { asAncestor } from "./lineage.ts";
import { onceAClient, type Stage } from "./once.ts";
import { laneOf, maxLanes, setLane } from "./view.ts";

/** The page's one pruner. */
export const pruningOf = onceAClient(createPruning);

/** Follows the engine: a pruned lane learns from it which sizes are left. */
function createPruning({ client: { store, send }, view }: Stage) {
  let made = 0;
  store.subscribe((now, before) => {
    if (now.runs === before.runs) return;
    for (const { id, origin, genotype, runId } of view.getState().lanes) {
      const left = runId && now.runs[runId]?.spec?.genotype;
      if (origin?.kind === "pruned" && genotype === undefined && left)
        setLane(view, id, { genotype: left });
    }
  });
  return {
    /**
     * Prunes a lane's search as it stands and trains what is left for so many steps, in a lane of its own; Reset there
     * trains the same sizes from scratch. Nothing where there is no room, no run, or no method for it.
     */
    pruneLane(id: string, by: PruneBy, steps: number): void {
      const { catalog, runs } = store.getState();
      const { lanes, setup } = view.getState();
      const preset = catalog && presetOf(catalog, setup);
      const trainer = preset && trainerFor(catalog, preset);
      const lane = laneOf(view, id);
      const run = lane?.runId === undefined ? undefined : runs[lane.runId];
      const letter = freeLetter(lanes, maxLanes);
      if (!trainer || !lane || !run?.spec || lane.runId === undefined || !letter) return;
      const runId = `pruned${++made}` as RunId;
      const left: Lane = {
        ...{ id: letter, letter, runId, method: trainer.id, hyper: {}, stepsAsked: 0 },
        optimizers: lane.optimizers,
        origin: { kind: "pruned", of: asAncestor(view, lane, run), steps: run.records.length },
      };
      view.setState((s) => ({
        scrub: undefined,
        selected: letter,
        lanes: withLane(s.lanes, left),
      }));
      send({ kind: "prune", runId, from: lane.runId, by, steps });
    },
  };
}

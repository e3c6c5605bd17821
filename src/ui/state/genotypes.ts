/** @file The verbs of trained genotypes: give a lane one, train a lane's cell beside it, and measure accuracy. */
import type { Genotype } from "../../protocol/spec.ts";
import type { EngineClient } from "./client.ts";
import { faultOf } from "./genotype-wish.ts";
import { freeLetter, type Lane, presetOf, trainerFor, withLane } from "./lanes.ts";
import type { Runs } from "./runs.ts";
import { laneOf, maxLanes, putLane, setLane, type ViewStore } from "./view.ts";

export function createGenotypes({ store, send }: EngineClient, view: ViewStore, runs: Runs) {
  return {
    /** Keeps what is typed, right or wrong, until it is used. */
    draftGenotype: (id: string, draft: string) => setLane(view, id, { draft }),
    /** The lane trains its draft from the beginning; nothing happens while that cannot be read. Empty lets the seed draw. */
    useDraft(id: string): void {
      const lane = laneOf(view, id);
      const text = lane?.draft?.trim();
      if (!lane || text === undefined || (text !== "" && faultOf(text) !== undefined)) return;
      const { draft: _, genotype: __, ...rest } = lane;
      putLane(view, text === "" ? rest : { ...rest, genotype: text });
      runs.remake(id, false);
    },
    /** A new lane that trains this genotype alone; nothing where there is no room or no method for it. */
    trainCell({ text }: Genotype): void {
      const { catalog } = store.getState();
      const { lanes, setup } = view.getState();
      const preset = catalog && presetOf(catalog, setup);
      const method = preset && trainerFor(catalog, preset);
      const letter = freeLetter(lanes, maxLanes);
      if (!method || !letter) return;
      const wasPlaying = runs.isPlaying();
      const lane: Lane = {
        ...{ id: letter, letter, runId: undefined, method: method.id, genotype: text },
        ...{ hyper: {}, optimizers: { weights: {}, alpha: {} }, stepsAsked: 0 },
      };
      view.setState((s) => ({ lanes: withLane(s.lanes, lane), selected: letter }));
      runs.remake(letter, false);
      if (wasPlaying) runs.play();
    },
    /** Measures a lane's accuracy on the validation half, between two steps. */
    evaluate(id: string): void {
      const lane = laneOf(view, id);
      if (lane?.runId !== undefined) send({ kind: "evaluate", runId: lane.runId });
    },
  };
}

/** A lane whose genotype another space would refuse: it stays in the field, but is not asked for. */
export function withGenotypeDrafted({ genotype, ...lane }: Lane): Lane {
  return genotype === undefined ? lane : { ...lane, draft: lane.draft ?? genotype };
}

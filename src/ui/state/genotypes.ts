/** @file The verbs of trained genotypes: give a lane one, train a lane's cell beside it, and measure accuracy. */
import type { Genotype } from "../../protocol/spec.ts";
import type { EngineClient } from "./client.ts";
import { faultOf } from "./genotype-wish.ts";
import { freeLetter, type Lane, methodsFor, presetOf, withLane } from "./lanes.ts";
import type { Runs } from "./runs.ts";
import { maxLanes, type ViewStore } from "./view.ts";

export function createGenotypes({ store, send }: EngineClient, view: ViewStore, runs: Runs) {
  const find = (id: string) => view.getState().lanes.find((lane) => lane.id === id);
  const setLane = (id: string, change: (lane: Lane) => Lane) =>
    view.setState(({ lanes }) => ({ lanes: lanes.map((l) => (l.id === id ? change(l) : l)) }));

  return {
    /** Keeps what is typed, right or wrong, until it is used. */
    draftGenotype: (id: string, draft: string) => setLane(id, (lane) => ({ ...lane, draft })),
    /** The lane trains its draft from the beginning; nothing happens while that cannot be read. Empty lets the seed draw. */
    useDraft(id: string): void {
      const text = find(id)?.draft?.trim();
      if (text === undefined || (text !== "" && faultOf(text) !== undefined)) return;
      setLane(id, ({ draft: _, genotype: __, ...lane }) =>
        text === "" ? lane : { ...lane, genotype: text },
      );
      runs.remake(id, false);
    },
    /** A new lane that trains this genotype alone; nothing where there is no room or no method for it. */
    trainCell({ text }: Genotype): void {
      const { catalog } = store.getState();
      const { lanes, setup } = view.getState();
      const preset = catalog && presetOf(catalog, setup);
      const method = preset && methodsFor(catalog, preset).find((m) => m.trainsGenotype);
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
      const lane = find(id);
      if (lane?.runId !== undefined) send({ kind: "evaluate", runId: lane.runId });
    },
  };
}

/** A lane whose genotype another space would refuse: it stays in the field, but is not asked for. */
export function withGenotypeDrafted({ genotype, ...lane }: Lane): Lane {
  return genotype === undefined ? lane : { ...lane, draft: lane.draft ?? genotype };
}

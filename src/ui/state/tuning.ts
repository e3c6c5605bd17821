/** @file The verbs that set what a lane's search is made of: its method, hyper-parameters, optimisers, and hands on α. */
import type { Steer } from "../../protocol/spec.ts";
import type { EngineClient } from "./client.ts";
import { optimizerOf, type Player, presetOf } from "./lanes.ts";
import type { Runs } from "./runs.ts";
import { withStopRule } from "./stop-wish.ts";
import { laneOf, setLane, type ViewStore } from "./view.ts";

interface Needs {
  readonly client: EngineClient;
  readonly view: ViewStore;
  readonly runs: Runs;
  /** Makes anew, a moment later, the runs that have not begun. */
  readonly remakeUnbegun: () => void;
}

/** What may change while a run goes is sent to it; what may not is taken up by the next run. */
export function createTuning({ client, view, runs, remakeUnbegun }: Needs) {
  const { store } = client;
  return {
    setMethod(id: string, method: string) {
      const lane = laneOf(view, id);
      if (!lane) return;
      const wasPlaying = runs.of(lane)?.status === "playing";
      setLane(view, id, { method });
      runs.remake(id, wasPlaying);
    },
    setHyper(id: string, name: string, value: number) {
      const lane = laneOf(view, id);
      if (!lane) return;
      setLane(view, id, {
        hyper: { ...lane.hyper, [lane.method]: { ...lane.hyper[lane.method], [name]: value } },
      });
      const method = store.getState().catalog?.methods.find((m) => m.id === lane.method);
      if (method?.hyper[name]?.live) runs.tune(id, { hyper: { [name]: value } });
      else remakeUnbegun();
    },
    setOptimizer(id: string, player: Player, name: string, value: number) {
      const { catalog } = store.getState();
      const preset = catalog && presetOf(catalog, view.getState().setup);
      const { optimizers } = laneOf(view, id) ?? {};
      if (!optimizers || !preset) return;
      const wished = { ...optimizers, [player]: { ...optimizers[player], [name]: value } };
      setLane(view, id, { optimizers: wished });
      const optimizer = optimizerOf(preset, { optimizers: wished }, player);
      runs.tune(
        id,
        player === "weights" ? { weightOptimizer: optimizer } : { alphaOptimizer: optimizer },
      );
    },
    /** A rule watches the lane's next run, or does so no longer. */
    setStopRule(id: string, rule: string, isOn: boolean) {
      const lane = laneOf(view, id);
      if (!lane) return;
      setLane(view, id, { stop: withStopRule(lane.stop, rule, isOn) });
      remakeUnbegun();
    },
    /** Whether the first flag ends the lane's next run. */
    setStopEnds(id: string, ends: boolean) {
      const { stop } = laneOf(view, id) ?? {};
      if (!stop) return;
      setLane(view, id, { stop: { ...stop, ends } });
      remakeUnbegun();
    },
    /** Hands on α of a lane's run, from the next step on; gathered to one command a frame. */
    steer: (id: string, steer: readonly Steer[]) => runs.tune(id, { steer }),
  };
}

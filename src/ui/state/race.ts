/** @file The verbs of a race: what lanes are compared by, how they are made alike, and which are drawn large. */
import type { RaceAxis } from "../viz/costs.ts";
import type { EngineClient } from "./client.ts";
import { likeLane } from "./differences.ts";
import { liveWishes, presetOf } from "./lanes.ts";
import type { Runs } from "./runs.ts";
import { largeLanes, putLane, type ViewStore } from "./view.ts";

interface Parts {
  readonly client: EngineClient;
  readonly view: ViewStore;
  readonly runs: Runs;
  /** Makes runs anew that have taken no step yet, soon. */
  remakeUnbegun(): void;
}

export function createRace({ client: { store }, view, runs, remakeUnbegun }: Parts) {
  const lanes = () => view.getState().lanes;
  return {
    /** Every lane takes up the settings of the first one; their methods stay. */
    makeEqual() {
      const { catalog } = store.getState();
      const preset = catalog && presetOf(catalog, view.getState().setup);
      const [model, ...others] = lanes();
      if (!preset || !model) return;
      for (const lane of others) {
        const like = likeLane(lane, model);
        putLane(view, like);
        const method = catalog.methods.find((m) => m.id === lane.method);
        if (method) runs.tune(lane.id, liveWishes(method, preset, like));
      }
      remakeUnbegun();
    },
    /** What lanes are compared by; those that play are kept abreast on it from now on. */
    setAxis(axis: RaceAxis) {
      view.setState({ axis });
      if (lanes().length > 1 && runs.isPlaying()) runs.play();
    },
    setLog: (isLog: boolean) => view.setState({ isLog }),
    /** Draws a lane large, in place of the last one that is. */
    bringForward(id: string) {
      const large = largeLanes(view.getState()).map((lane) => lane.id);
      if (large.includes(id)) return;
      view.setState({ front: [...large.slice(0, -1), id], selected: id });
    },
  };
}

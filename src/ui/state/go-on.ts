/** @file Going on with a lane that has stopped, from its last good state. */
import { isAlike } from "./alike.ts";
import type { EngineClient } from "./client.ts";
import { specAt } from "./history.ts";
import { liveOnly, liveWishes, presetOf } from "./lanes.ts";
import type { Runs } from "./runs.ts";
import { savedRunOf } from "./saves.ts";
import { laneOf, type ViewStore } from "./view.ts";

export function createGoOn({ store }: EngineClient, view: ViewStore, runs: Runs) {
  return {
    /**
     * Makes a lane's run again as it was when it last could be kept, on this engine. What was set of it since, such as a
     * lower rate after it diverged, is in force from there.
     */
    goOn(id: string): void {
      const lane = laneOf(view, id);
      const saved = lane && savedRunOf(runs.of(lane));
      const { catalog } = store.getState();
      const preset = catalog && presetOf(catalog, view.getState().setup);
      const method = catalog?.methods.find((m) => m.id === lane?.method);
      if (!lane || !saved || !preset || !method) return;
      runs.end(id);
      runs.resume(id, saved);
      const wished = liveWishes(method, preset, lane);
      const { weightOptimizer, alphaOptimizer, hyper } = specAt(saved.past, saved.steps) ?? wished;
      const had = { weightOptimizer, alphaOptimizer, hyper: liveOnly(method.hyper, hyper) };
      if (!isAlike(had, wished)) runs.tune(id, wished);
    },
  };
}

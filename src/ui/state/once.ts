/** @file Verbs of panels that arrive late: made when such a panel first asks for them, once for a page. */
import type { EngineClient } from "./client.ts";
import type { ViewStore } from "./view.ts";

/** What such verbs are made of. */
export interface Stage {
  readonly client: EngineClient;
  readonly view: ViewStore;
}

/** The same verbs for the same client. */
export function onceAClient<V>(make: (stage: Stage) => V): (stage: Stage) => V {
  const made = new WeakMap<EngineClient, V>();
  return (stage) => {
    const known = made.get(stage.client) ?? make(stage);
    made.set(stage.client, known);
    return known;
  };
}

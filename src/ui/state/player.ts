/** @file Does something again and again at a steady pace, for as long as it says that there is more. */
import type { ViewStore } from "./view.ts";

/** What the page plays by itself, without the engine; the view tells whether it does. */
export interface Player {
  /** Calls `next` now and every `everyMs` until it gives false. Ends what was played before. */
  start(next: () => boolean, everyMs: number): void;
  stop(): void;
}

export function createPlayer(view: ViewStore): Player {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    if (view.getState().isPagePlaying) view.setState({ isPagePlaying: false });
  };
  return {
    start(next, everyMs) {
      stop();
      const tick = () => {
        if (!next()) stop();
      };
      timer = setInterval(tick, everyMs);
      view.setState({ isPagePlaying: true });
      tick();
    },
    stop,
  };
}

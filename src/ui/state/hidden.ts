/** @file A tab that nobody sees: its runs go on, or pause if that is wished, and on return it says what happened. */
import type { Actions } from "./actions.ts";
import type { EngineState } from "./store.ts";
import type { ViewState } from "./view.ts";

const place = "nas-playground.pause-hidden";

/** Whether runs shall pause while the page is hidden; "no" unless this browser remembers otherwise. */
export function pausesHidden(): boolean {
  try {
    return localStorage.getItem(place) === "yes";
  } catch {
    return false;
  }
}
export function setPausesHidden(does: boolean): void {
  try {
    localStorage.setItem(place, does ? "yes" : "no");
  } catch {
    // Storage may be full or forbidden: the page keeps its usual way.
  }
}

interface Watched {
  readonly engine: () => EngineState;
  readonly view: () => ViewState;
  readonly actions: Pick<Actions, "pause" | "notify">;
}

/** Listens until the returned function is called. */
export function watchHidden(page: Document, { engine, view, actions }: Watched): () => void {
  const runs = () =>
    view().lanes.flatMap(({ letter, runId }) => {
      const run = runId === undefined ? undefined : engine().runs[runId];
      return run ? [{ letter, runId, steps: run.records.length, status: run.status }] : [];
    });
  let left: ReturnType<typeof runs> = [];
  const look = () => {
    if (page.hidden) {
      left = runs().filter(({ status }) => status === "playing");
      if (left.length > 0 && pausesHidden()) actions.pause();
      return;
    }
    const lines = left.flatMap(({ letter, runId, steps }) => {
      const now = runs().find((run) => run.runId === runId);
      const ran = (now?.steps ?? 0) - steps;
      if (pausesHidden()) return [`Lane ${letter} was paused at step ${now?.steps ?? steps}.`];
      return now && ran > 0
        ? [`Lane ${letter} took ${ran} steps; it is at step ${now.steps}.`]
        : [];
    });
    left = [];
    if (lines.length > 0) actions.notify({ title: "While the page was hidden", lines });
  };
  page.addEventListener("visibilitychange", look);
  return () => page.removeEventListener("visibilitychange", look);
}

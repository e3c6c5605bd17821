/**
 * @file The untouched twin of a run whose α is touched: a fork from just before, on the same dice, that takes every later
 * change but the hands, and is kept as far as the run itself.
 */
import type { RunId, Tuning } from "../../protocol/spec.ts";
import { cutHistory } from "./history.ts";
import { onceAClient, type Stage } from "./once.ts";
import { endRun, type RunView, tell } from "./store.ts";

/** The twin of one run. */
export interface Twin {
  readonly runId: RunId;
  /** Steps taken when the two parted. */
  readonly from: number;
}

/** The page's one keeper of twins. */
export const twinsOf = onceAClient(createTwins);

function createTwins({ client, view }: Stage) {
  const { store, send } = client;
  let made = 0;
  const twins = () => view.getState().twins;
  const runOf = (runId: RunId) => store.getState().runs[runId];
  /** How many of its parent's changes a twin has taken. */
  const taken = new Map<RunId, number>();
  /** How far a twin was last told to go, so that it is told once. */
  const told = new Map<RunId, number>();

  function end(parent: RunId): void {
    const { [parent]: twin, ...others } = twins();
    if (!twin) return;
    view.setState({ twins: others });
    if (runOf(twin.runId)) endRun(client, twin.runId);
  }
  /** Lets a twin take the next change of its parent, or follow it. */
  function follow(parent: RunView, { runId }: Twin): void {
    const twin = runOf(runId);
    if (twin?.status !== "paused") return;
    const steps = twin.records.length;
    let next = taken.get(runId) ?? 0;
    while (next < parent.tunings.length) {
      const tuned = parent.tunings[next];
      const patch = tuned && withoutHands(tuned.patch);
      if (tuned && patch && tuned.steps > steps) break;
      taken.set(runId, ++next);
      if (patch) send({ kind: "tune", runId, patch });
    }
    const goal = Math.min(parent.records.length, parent.tunings[next]?.steps ?? Infinity);
    if (goal <= steps || told.get(runId) === goal) return;
    told.set(runId, goal);
    send({ kind: "play", runId, until: goal });
  }

  store.subscribe((now, before) => {
    if (now.runs === before.runs) return;
    for (const [id, twin] of Object.entries(twins())) {
      const parent = now.runs[id as RunId];
      const isOver = !parent || (before.runs[twin.runId] && !now.runs[twin.runId]);
      if (isOver) end(id as RunId);
      else follow(parent, twin);
    }
  });

  return {
    /** A hand is about to be laid on a run: from here on its twin goes beside it, if that is wished and there is none. */
    keepTwin(parent: RunId): void {
      const run = runOf(parent);
      const isAlive = run && (run.status === "paused" || run.status === "playing");
      if (!view.getState().hasTwins || twins()[parent] || !isAlive) return;
      const from = run.records.length;
      const runId = `twin${++made}` as RunId;
      taken.set(runId, run.tunings.length);
      view.setState((s) => ({ twins: { ...s.twins, [parent]: { runId, from } } }));
      tell(store, { kind: "past", runId, past: cutHistory(run, from) });
      send({ kind: "fork", runId, from: parent, steps: from });
    },
    /** Whether touched runs get twins; those that there are end with that. */
    setTwins(hasTwins: boolean): void {
      view.setState({ hasTwins });
      if (!hasTwins) for (const id of Object.keys(twins())) end(id as RunId);
    },
  };
}

/** What a patch changes besides α; undefined for nothing. */
function withoutHands({ steer: _, ...rest }: Tuning): Tuning | undefined {
  return Object.keys(rest).length > 0 ? rest : undefined;
}

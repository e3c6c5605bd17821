/** @file What the phases of a step show of a lane: what was drawn, which mixture ran, and what pulled α. */
import { useMemo, useSyncExternalStore } from "react";
import type { Explained } from "../../protocol/explained.ts";
import type { Phase } from "../../protocol/messages.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { type Playground, usePlayground } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { laneOf } from "../state/view.ts";
import { type Live, liveOf } from "../viz/live.ts";
import { drawnEdge, type InsideStep, pullsOf } from "../viz/pulls.ts";

/** A stage of the step under way, and what the step has told of itself, if it is computed and did. */
export interface Stage {
  readonly phase: Phase;
  readonly explained: Explained | undefined;
}

/** The stage on show in a lane; undefined outside a step. A method with fewer stages waits at its last. */
function stageIn({ client, view }: Playground, id: string): Stage | undefined {
  const { phase } = view.getState();
  const lane = phase === undefined ? undefined : laneOf(view, id);
  const run = lane?.runId === undefined ? undefined : client.store.getState().runs[lane.runId];
  const here = run?.phases[Math.min(phase ?? 0, run.phases.length - 1)];
  if (!lane || !run || !here) return undefined;
  // What an earlier step has told is none of this one's.
  const isThere = run.latest?.records.at(-1)?.step === lane.stepsAsked - 1;
  return { phase: here, explained: isThere ? run.latest?.explained : undefined };
}

/** As `stageIn`; the same object for the same stage. */
export function useStage({ id }: Lane): Live<Stage | undefined> {
  const playground = usePlayground();
  return useMemo(
    () =>
      following(
        playground,
        () => stageIn(playground, id),
        (a, b) => a?.phase.id === b?.phase.id && a?.explained === b?.explained,
      ),
    [playground, id],
  );
}

/** A value that changes as seldom as stages do, rendered at once: keys walk through them. */
export const useNow = <T>(live: Live<T>): T => useSyncExternalStore(live.subscribe, live.get);

/** What the stage shows of one cell. */
export function useInside({ id, runId }: Lane, group: AlphaGroup): Live<InsideStep | undefined> {
  const playground = usePlayground();
  const stage = useStage({ id, runId } as Lane);
  return useMemo(() => {
    let last: { readonly of: Stage | undefined; readonly inside: InsideStep | undefined } = {
      of: undefined,
      inside: undefined,
    };
    return {
      get() {
        const now = stage.get();
        if (last.of !== now) {
          const alpha = playground.shown.of(runId)?.latest?.alpha[group.name];
          last = { of: now, inside: now && insideOf(now, group, alpha) };
        }
        return last.inside;
      },
      subscribe: stage.subscribe,
    };
  }, [playground, stage, runId, group]);
}

function insideOf(
  { phase, explained }: Stage,
  group: AlphaGroup,
  alpha: Float32Array | undefined,
): InsideStep | undefined {
  if (!explained || phase.id === "batch") return undefined;
  const { terms = [] } = phase;
  const { ran = {} } = explained;
  const lit = Object.values(ran).flatMap(({ [group.name]: draw }) => {
    const edge = draw && drawnEdge(group, draw);
    return edge === undefined ? [] : [edge];
  });
  const moves = explained.terms.map((term) => term[group.name]);
  return {
    ran: phase.clamps === undefined ? undefined : ran[phase.clamps]?.[group.name],
    lit: lit[0],
    pulls: terms.length > 0 ? pullsOf(group, alpha, moves) : [],
    terms,
  };
}

/** A value of the playground's stores, told of when it is another one; the same object while `isSame`. */
function following<T>(
  { client, view }: Playground,
  read: () => T,
  isSame: (a: T, b: T) => boolean,
): Live<T> {
  let last = read();
  const get = () => {
    const now = read();
    if (!isSame(last, now)) last = now;
    return last;
  };
  return liveOf(get, client.store, view);
}

/** @file What the views of one lane's cell read and do, each in one place. */
import { useMemo } from "react";
import type { Tuned } from "../../protocol/messages.ts";
import type { AlphaGroup, Force } from "../../protocol/spec.ts";
import type { Hands } from "../charts/hands.ts";
import { useLive, usePlayground, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { Study } from "../state/seeds.ts";
import type { RunView } from "../state/store.ts";
import { twinsOf } from "../state/twins.ts";
import { agreedOn } from "../state/view.ts";
import { alphaOfShares, consensusOf, keptByMost } from "../viz/consensus.ts";
import { keptBy } from "../viz/derived.ts";
import type { Live } from "../viz/live.ts";
import { useRun, useTwin } from "./use-lanes.ts";

/** α, what the space derives from it, and what is shown as kept: by the rule of the sandbox, if there is one. */
export function useGroupLives(lane: Lane, group: AlphaGroup) {
  const { alpha, kept } = selectorsFor(group.name);
  const values = useLive(lane.runId, alpha);
  const own = useLive(lane.runId, kept);
  const rule = useView((view) => view.rule);
  const study = useView((view) => agreedOn(view, lane.id));
  return useMemo(() => {
    const agreed = study && consensusLives(study, group);
    return agreed ?? { alpha: values, own, kept: keptBy(group, values, own, rule) };
  }, [group, values, own, rule, study]);
}

/** What seeds agree on, as wide as they are many; undefined before the first is done. */
function consensusLives({ results }: Study, group: AlphaGroup) {
  const cells = results.flatMap(({ genotype }) =>
    genotype ? [genotype.groups[group.name] ?? []] : [],
  );
  if (cells.length === 0) return undefined;
  const consensus = consensusOf(group, cells);
  const kept = stillOf(keptByMost(group, consensus));
  return { alpha: stillOf(alphaOfShares(consensus.shares)), own: kept, kept };
}
const stillOf = <T>(value: T): Live<T> => ({ get: () => value, subscribe: () => () => {} });

/** α of the lane's untouched twin; undefined where there is none. */
export function useGhost(lane: Lane, group: AlphaGroup) {
  const twin = useTwin(lane);
  const alpha = useLive(twin?.runId, selectorsFor(group.name).alpha);
  return twin && alpha;
}

/** Hands can be put on α of a run that lives, at its present. */
export function useHands(lane: Lane, group: AlphaGroup): Hands {
  const playground = usePlayground();
  const selectors = selectorsFor(group.name);
  const forces = useLive(lane.runId, selectors.forces);
  const touched = useLive(lane.runId, selectors.touched);
  const isNow = useView((view) => view.scrub === undefined);
  const status = useRun(lane, (run) => run.status);
  const isAlive = isNow && status !== undefined && status !== "failed" && status !== "recorded";
  return useMemo(
    () => ({
      forces,
      touched,
      onSteer: isAlive
        ? (patch) => {
            // Before the hand is laid on: its twin is of the run without it.
            if (lane.runId !== undefined) twinsOf(playground).keepTwin(lane.runId);
            playground.actions.steer(
              lane.id,
              patch.map((s) => ({ ...s, group: group.name })),
            );
          }
        : undefined,
    }),
    [forces, touched, isAlive, playground, lane.id, lane.runId, group.name],
  );
}

/** One set of selectors per group name, so that live values keep their identity between renders. */
const selectors = new Map<string, ReturnType<typeof makeSelectors>>();
const makeSelectors = (name: string) => {
  const filtered = new WeakMap<readonly Force[], readonly Force[]>();
  const moved = new WeakMap<readonly Tuned[], ReadonlySet<string>>();
  return {
    alpha: (run: RunView | undefined) => run?.latest?.alpha[name],
    kept: (run: RunView | undefined) => run?.latest?.genotype.groups[name],
    forces(run: RunView | undefined): readonly Force[] {
      const all = run?.spec?.forces;
      if (!all) return none;
      const mine = filtered.get(all) ?? all.filter(({ group }) => group === name);
      filtered.set(all, mine);
      return mine;
    },
    touched(run: RunView | undefined): ReadonlySet<string> {
      const tunings = run?.tunings;
      if (!tunings || tunings.length === 0) return untouched;
      const known = moved.get(tunings);
      if (known) return known;
      const steers = tunings.flatMap(({ patch }) => patch.steer ?? []);
      const mine = steers.filter(({ group, set }) => group === name && set !== undefined);
      const entries = new Set(mine.map(({ edge, op }) => `${edge} ${op}`));
      moved.set(tunings, entries);
      return entries;
    },
  };
};
const none: readonly Force[] = [];
const untouched: ReadonlySet<string> = new Set();
function selectorsFor(name: string) {
  const known = selectors.get(name) ?? makeSelectors(name);
  selectors.set(name, known);
  return known;
}

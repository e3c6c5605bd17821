/** @file What the toy's panels share: each lane's rules and end at the settings that its sliders show, and the start. */
import { useMemo } from "react";
import type { Hyper, HyperField } from "../../protocol/spec.ts";
import { useActions, useEngine, usePlayground, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { type ToyLane, toyLane } from "../state/toy-lane.ts";
import type { State } from "../viz/plane.ts";
import { usePreset } from "./use-lanes.ts";

/** Undefined until the catalog is known. */
export function useToyLane(lane: Lane | undefined): ToyLane | undefined {
  const catalog = useEngine((engine) => engine.catalog);
  const preset = usePreset();
  return useMemo(
    () => lane && catalog && preset && toyLane(catalog, preset, lane),
    [lane, catalog, preset],
  );
}

/** The same for several lanes. */
export function useToyLanes(lanes: readonly Lane[]): readonly ToyLane[] {
  const catalog = useEngine((engine) => engine.catalog);
  const preset = usePreset();
  return useMemo(
    () => (catalog && preset ? lanes.flatMap((l) => toyLane(catalog, preset, l) ?? []) : []),
    [lanes, catalog, preset],
  );
}

/** Where the next run starts, what may be typed for it, and how to move it. */
export interface ToyStart {
  readonly point: State;
  /** Where a run began whose spec names no start. */
  readonly usual: State;
  readonly fields: { readonly alpha: HyperField; readonly w: HyperField } | undefined;
  /** A run that has begun starts anew from there once `isDone`, and plays on if it was playing. */
  readonly move: (to: State, isDone: boolean) => void;
}

/** The start that a space's settings name, or another. */
export const startOf = (settings: Hyper | undefined, other: State): State => ({
  alpha: settings?.["alpha0"] ?? other.alpha,
  w: settings?.["w0"] ?? other.w,
});

export function useToyStart(): ToyStart {
  const { client, view } = usePlayground();
  const { setShared, reset, play } = useActions();
  const hyper = useEngine((engine) => engine.catalog)?.spaces.find((s) => s.id === "toy")?.hyper;
  const preset = usePreset();
  const wished = useView((view) => view.setup.spaceHyper);
  const [alpha, w] = [hyper?.["alpha0"], hyper?.["w0"]];
  const defaults = { alpha: alpha?.default ?? 0, w: w?.default ?? 0 };
  const usual = startOf(preset?.settings.spaceHyper, defaults);
  const point = startOf(wished, usual);
  const move = (to: State, isDone: boolean) => {
    setShared("spaceHyper", "alpha0", to.alpha);
    setShared("spaceHyper", "w0", to.w);
    if (!isDone) return;
    const { runs } = client.store.getState();
    const mine = view.getState().lanes.flatMap((l) => (l.runId ? (runs[l.runId] ?? []) : []));
    // One that has not begun takes the new start up by itself.
    if (!mine.some(({ records }) => records.length > 0)) return;
    const wasPlaying = mine.some(({ status }) => status === "playing");
    reset();
    if (wasPlaying) play();
  };
  return { point, usual, fields: alpha && w && { alpha, w }, move };
}

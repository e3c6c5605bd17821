/** @file What every panel can reach: the engine's store, the view, and the verbs, handed down by context. */
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { StepRecord } from "../../protocol/messages.ts";
import type { RunId } from "../../protocol/spec.ts";
import type { Cost } from "../viz/costs.ts";
import type { Live } from "../viz/live.ts";
import type { Line } from "../viz/narrator.ts";
import { type Actions, createActions } from "./actions.ts";
import type { EngineClient } from "./client.ts";
import { createKeys, type KeyStore, type Keys } from "./keys.ts";
import { createLessons, type Lessons } from "./lessons.ts";
import { liveOf, liveOfRun } from "./live.ts";
import { createLog } from "./log.ts";
import { createMode, type ModeState, type ModeStore } from "./mode.ts";
import type { OpenData } from "./own.ts";
import { createShown, type Shown } from "./shown.ts";
import type { EngineState, RunView } from "./store.ts";
import { createTimeline, type Timeline } from "./timeline.ts";
import { createSampler, nextTurn, type Turns } from "./turns.ts";
import { createView, momentIn, type ViewState, type ViewStore } from "./view.ts";

/** One page's state. */
export interface Playground {
  readonly client: EngineClient;
  readonly view: ViewStore;
  readonly actions: Actions;
  readonly mode: ModeStore;
  readonly lessons: Lessons;
  readonly keys: KeyStore;
  /** Runs at the moment that is on show. */
  readonly shown: Shown;
  readonly timeline: Live<Timeline>;
  /** Reads for React what streams. */
  readonly sampler: Turns;
  /** What has happened in all lanes. */
  readonly log: Live<readonly Line[]>;
  /** A run's records; the same object for the same run, so that a curve is not begun anew by a render. */
  recordsOf(runId: RunId | undefined): Live<readonly StepRecord[]>;
  /** What a run's steps took. */
  costsOf(runId: RunId | undefined): Live<readonly Cost[]>;
  /** A run's records, but only up to the moment on show. */
  shownRecordsOf(runId: RunId | undefined): Live<readonly StepRecord[]>;
}
const recordsIn = (run: RunView | undefined) => run?.records ?? noRecords;
const costsIn = (run: RunView | undefined) => run?.costs ?? noCosts;
const noCosts: readonly Cost[] = [];
const noRecords: readonly StepRecord[] = [];

/** The page's state around an engine, and around a place for own data, if there is one. */
export function createPlayground(client: EngineClient, openData?: OpenData): Playground {
  const view = createView();
  const shown = createShown(client.store, view);
  const actions = createActions(client, view, undefined, undefined, openData);
  const mode = createMode();
  return {
    client,
    view,
    actions,
    mode,
    lessons: createLessons(client, view, mode, actions, shown),
    keys: createKeys(),
    shown,
    timeline: createTimeline(client.store, view),
    sampler: createSampler(),
    log: createLog(client.store, view),
    recordsOf: onceARun((runId) => liveOfRun(client.store, runId, recordsIn)),
    costsOf: onceARun((runId) => liveOfRun(client.store, runId, costsIn)),
    shownRecordsOf: onceARun((runId) => shown.live(runId, recordsIn)),
  };
}

/** The same object for the same run. */
function onceARun<T>(make: (runId: RunId | undefined) => T): (runId: RunId | undefined) => T {
  const made = new Map<RunId | undefined, T>();
  return (runId) => {
    const known = made.get(runId) ?? make(runId);
    made.set(runId, known);
    return known;
  };
}

const Context = createContext<Playground | undefined>(undefined);
export const PlaygroundProvider = Context.Provider;

/** Throws `Error` outside a `PlaygroundProvider`. */
export function usePlayground(): Playground {
  const playground = useContext(Context);
  if (!playground) throw new Error("usePlayground was called outside a PlaygroundProvider");
  return playground;
}
export const useActions = (): Actions => usePlayground().actions;
/** Renders again when what is selected from the view becomes another object or number. */
export const useView = <T>(select: (view: ViewState) => T): T =>
  useStore(usePlayground().view, select);
/** As `useView`, of how the page is shown. */
export const useMode = <T>(select: (mode: ModeState) => T): T =>
  useStore(usePlayground().mode, select);
export const useKeys = (): Keys => useStore(usePlayground().keys);
export const useLessons = (): Lessons => usePlayground().lessons;
/** As `useView`, of the engine's state. Never select what changes with every burst. */
export const useEngine = <T>(select: (engine: EngineState) => T): T =>
  useStore(usePlayground().client.store, select);

/**
 * A value of a run at the moment on show, for something that redraws itself. `select` must be declared outside the
 * component.
 */
export function useLive<T>(
  runId: RunId | undefined,
  select: (run: RunView | undefined) => T,
): Live<T> {
  const { shown } = usePlayground();
  return useMemo(() => shown.live(runId, select), [shown, runId, select]);
}

/** As `useLive`, but of the run's present, whatever moment is on show. */
export function usePresent<T>(
  runId: RunId | undefined,
  select: (run: RunView | undefined) => T,
): Live<T> {
  const { store } = usePlayground().client;
  return useMemo(() => liveOfRun(store, runId, select), [store, runId, select]);
}

/** How far the longest lane is, which moment is on show, and what happened when. */
export function useTimeline(): Live<Timeline> {
  return usePlayground().timeline;
}

/** The moment on show, in steps; undefined for the present. */
export function useMoment(): Live<number | undefined> {
  const { view } = usePlayground();
  return useMemo(() => liveOf(view, momentIn), [view]);
}

/** As `useView`, for what is costly to draw: an input that comes meanwhile goes first. `select` must be declared outside. */
export function useViewInTurn<T>(select: (view: ViewState) => T): T {
  const { view } = usePlayground();
  return useFollowed(
    useMemo(() => liveOf(view, select), [view, select]),
    nextTurn,
  );
}

/** A live value, rendered at most four times a second. */
export const useSampled = <T>(live: Live<T>): T => useFollowed(live, usePlayground().sampler);

/** A live value as of the last turn in which it could be read. */
function useFollowed<T>(live: Live<T>, turns: Turns): T {
  const [seen, setSeen] = useState(() => ({ live, value: live.get() }));
  useEffect(() => {
    const look = () => {
      const value = live.get();
      setSeen((old) => (old.live === live && Object.is(old.value, value) ? old : { live, value }));
    };
    // What has changed since it was rendered.
    look();
    const stop = live.subscribe(() => turns.ask(look));
    return () => {
      turns.cancel(look);
      stop();
    };
  }, [live, turns]);
  return seen.live === live ? seen.value : live.get();
}

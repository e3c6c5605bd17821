/** @file Saves the page's runs every few seconds and whenever they stop, and offers those that another problem replaced. */
import type { EngineClient } from "./client.ts";
import { isReplay, presetOf } from "./lanes.ts";
import type { ModeStore } from "./mode.ts";
import type { SaveStore } from "./save-store.ts";
import { type Save, savedRunOf, saveVersion } from "./saves.ts";
import { settingsOf } from "./settings.ts";
import type { RunView } from "./store.ts";
import type { Notice, ViewStore } from "./view.ts";

/** Between two saves of a run that goes on; longer where saving itself is slow. */
const everyMs = 4000;
/** Saving may take this share of the time. */
const share = 0.05;
const full: Notice = {
  title: "Not saved",
  lines: [
    "The browser's storage is full or closed to this page: runs will be lost when it is closed.",
    "Save a run as a file to keep it.",
  ],
};

/** Runs shorter than this are soon taken again. */
const leastLeft = 100;

interface Parts {
  readonly client: EngineClient;
  readonly view: ViewStore;
  readonly mode: ModeStore;
  readonly saves: SaveStore;
  /** This page's own name among saves. */
  readonly page: string;
  notify(notice: Notice): void;
}

/** Asks for checkpoints and writes them down; `flush` does both soon. Returns how to stop. */
export function startAutosave({ client, view, mode, saves, page, notify }: Parts) {
  const { store, send } = client;
  let [nextMs, hasFailed, isWriting, isStale] = [0, false, false, false];
  let last: Save | undefined;
  const runsNow = () =>
    view.getState().lanes.map(({ runId }) => (runId ? store.getState().runs[runId] : undefined));
  const isBehind = (run: RunView | undefined) =>
    !!run?.latest && run.status !== "recorded" && run.records.length > (run.saved?.steps ?? 0);

  const ask = () => {
    nextMs = performance.now() + everyMs;
    for (const { runId } of view.getState().lanes) {
      const run = runId && store.getState().runs[runId];
      if (runId && run && isBehind(run) && run.status !== "failed")
        send({ kind: "checkpoint", runId });
    }
  };
  const write = async () => {
    const save = saveOf(client, view, page);
    last = save ?? last;
    isStale = isWriting;
    if (!save || isWriting) return;
    isWriting = true;
    const startMs = performance.now();
    try {
      await saves.put(save);
    } catch {
      if (!hasFailed) notify(full);
      hasFailed = true;
    }
    isWriting = false;
    nextMs = performance.now() + Math.max(everyMs, (performance.now() - startMs) / share);
    if (isStale) await write();
  };

  const timer = setInterval(() => {
    if (performance.now() >= nextMs && runsNow().some(isBehind)) ask();
  }, 1000);
  const onHide = () => document.hidden && ask();
  document.addEventListener("visibilitychange", onHide);
  const stop = store.subscribe((now, before) => {
    let [hasSaved, hasStopped] = [false, false];
    for (const { runId } of view.getState().lanes) {
      const [run, old] = [runId && now.runs[runId], runId && before.runs[runId]];
      if (!run || !old) continue;
      if (run.saved && run.saved !== old.saved) hasSaved = true;
      if (old.status === "playing" && run.status !== "playing") hasStopped = true;
    }
    if (hasStopped) ask();
    if (hasSaved) void write();
  });
  /** A search that another problem or a recorded run replaces is offered, since one press on a switch ends it. */
  const stopLeaving = view.subscribe((now, before) => {
    const isOther = now.setup.preset !== before.setup.preset;
    // Gone on with: it may be left again before it takes a step.
    if (before.offer && !now.offer && before.offer.settings.setup.preset === now.setup.preset)
      last = before.offer;
    if (!last || !(isOther || (isReplay(now.lanes) && !isReplay(before.lanes)))) return;
    const save: Save = { ...last, page: `${page}-left`, isLeft: true };
    last = undefined;
    const { lesson, isEmbedded } = mode.getState();
    const isWorth = save.runs.some((r) => r && r.steps >= leastLeft && r.begun.space !== "toy");
    if (!isWorth || lesson || isEmbedded) return;
    void saves.put(save).catch(() => {});
    view.setState({ offer: save });
  });
  return () => {
    stopLeaving();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onHide);
    stop();
  };
}

/** Everything on the page that can be kept; undefined if nothing has a checkpoint. */
function saveOf({ store }: EngineClient, view: ViewStore, page: string): Save | undefined {
  const { catalog, backend, runs } = store.getState();
  const state = view.getState();
  const kept = state.lanes.filter((l) => l.origin?.kind !== "recorded");
  const saved = kept.map((lane) =>
    savedRunOf(lane.runId === undefined ? undefined : runs[lane.runId], lane),
  );
  const [first] = saved.filter((run) => run !== undefined);
  if (!catalog || !backend || !first) return undefined;
  const names = kept.map(({ method }) => catalog.methods.find((m) => m.id === method)?.label);
  const steps = Math.max(...saved.map((run) => run?.steps ?? 0));
  return {
    version: saveVersion,
    page,
    savedMs: Date.now(),
    title: `${names.join(", ").replace(/, ([^,]*)$/, " and $1")} · ${presetOf(catalog, state.setup)?.label} · step ${steps}`,
    backend: backend.id,
    settings: settingsOf(catalog, { ...state, lanes: kept }),
    runs: saved,
  };
}

/** @file The verbs that panels call. Each changes the view, sends commands, or both; none waits. */

import { createBudget } from "./budget.ts";
import type { BackendChoice, EngineClient } from "./client.ts";
import { createEpochs } from "./epochs.ts";
import { fastestOf } from "./fastest.ts";
import { createFiles } from "./files.ts";
import { after, nextFrame, type Schedule } from "./frame.ts";
import { createGenotypes, withGenotypeDrafted } from "./genotypes.ts";
import { createGoOn } from "./go-on.ts";
import { createHealth } from "./health.ts";
import {
  freeLetter,
  type Lane,
  methodsFor,
  presetOf,
  type Setup,
  wishesOf,
  withLane,
} from "./lanes.ts";
import { withLineage } from "./lineage.ts";
import { isPlaceLink } from "./link-version.ts";
import { createLinks } from "./links.ts";
import { createLooks } from "./looks.ts";
import { createOwn, type OpenData } from "./own.ts";
import { createRace } from "./race.ts";
import { createRuns } from "./runs.ts";
import { type Save, type SavedRun, savedRunsOf } from "./saves.ts";
import { lanesOf, type Settings } from "./settings.ts";
import type { EngineState } from "./store.ts";
import { createTime } from "./time.ts";
import { createTuning } from "./tuning.ts";
import { maxLanes, type Notice, setLane, type ViewStore } from "./view.ts";

/** Where a hyper-parameter that all lanes share belongs. */
export type SharedHyper = "spaceHyper" | "taskHyper";

export type Actions = ReturnType<typeof createActions>;

/** Seeds drawn by "New seed" are short enough to call out in a classroom. */
const seedLimit = 10_000;
/** Answers at once and needs no data. */
const firstPreset = "toy";
const untouched: Lane["optimizers"] = { weights: {}, alpha: {} };
/** A thousand steps of the toy take no time at all: slow enough to follow with the eye. */
const toyRate = 60;

/** Also follows the engine: makes the lanes' runs when it is ready, takes back what it refuses. */
export function createActions(
  client: EngineClient,
  view: ViewStore,
  frame: Schedule = nextFrame,
  settled: Schedule = after(250),
  openData?: OpenData,
) {
  const { store } = client;
  const runs = createRuns(client, view, frame);
  const lanes = () => view.getState().lanes;
  const setSetup = (patch: Partial<Setup>) =>
    view.setState(({ setup }) => ({ setup: { ...setup, ...patch } }));

  const remakeAll = (andPlay = false) => {
    for (const { id } of lanes()) runs.remake(id, andPlay);
  };
  /** A run that has taken no step yet takes up a fixed setting at once, a moment after the last change. */
  let cancelRemake = () => {};
  const remakeUnbegun = () => {
    cancelRemake();
    cancelRemake = settled(() => {
      for (const lane of lanes()) {
        const run = runs.of(lane);
        const isUnbegun = run && run.records.length === 0 && run.status !== "playing";
        // What a pruning left is in that run alone.
        if (isUnbegun && lane.origin?.kind !== "pruned") runs.remake(lane.id, false);
      }
    });
  };

  /** Fills the setup from a preset; lanes keep their methods where those can search its space. */
  function choosePreset(id: string): void {
    const { catalog } = store.getState();
    const preset = catalog && presetOf(catalog, { preset: id });
    if (!preset) return;
    const methods = methodsFor(catalog, preset).map((m) => m.id);
    const before = presetOf(catalog, view.getState().setup)?.settings.space;
    const isOtherSpace = before !== preset.settings.space;
    setSetup({ preset: id, spaceHyper: {}, taskHyper: {} });
    view.setState(({ lanes }) => ({
      cell: 0,
      rate: preset.settings.space === "toy" ? toyRate : undefined,
      lanes: lanes.map((lane) => ({
        ...(isOtherSpace ? withGenotypeDrafted(lane) : lane),
        method: methods.includes(lane.method) ? lane.method : (methods[0] ?? lane.method),
        hyper: {},
        optimizers: untouched,
      })),
    }));
    remakeAll();
  }

  /** Of the method asked for, or of one that no lane has yet. */
  function addLane(asked?: string): void {
    const { catalog } = store.getState();
    const preset = catalog && presetOf(catalog, view.getState().setup);
    const letter = freeLetter(lanes(), maxLanes);
    if (!preset || !letter || lanes().length >= maxLanes) return;
    const methods = methodsFor(catalog, preset).map((m) => m.id);
    const fresh = methods.find((m) => !lanes().some((l) => l.method === m)) ?? methods[0];
    const method = methods.find((m) => m === asked) ?? fresh;
    if (method === undefined) return;
    const wasPlaying = runs.isPlaying();
    const lane: Lane = {
      id: letter,
      letter,
      runId: undefined,
      method,
      hyper: {},
      optimizers: untouched,
      stepsAsked: 0,
    };
    view.setState((s) => ({
      lanes: withLane(s.lanes, lane),
      selected: letter,
    }));
    runs.remake(letter, false);
    // Those that play already begin to wait for it, too.
    if (wasPlaying) runs.play();
  }

  /** Lanes to go on with once the engine is there again, by id. */
  let rescued: ReadonlyMap<string, SavedRun> = new Map();
  /** As `chooseBackend`, but every lane that has a checkpoint goes on from there. */
  function continueOn(choice: BackendChoice): void {
    const saved = savedRunsOf(lanes(), runs.of);
    chooseBackend(choice);
    rescued = saved;
  }
  const makeAll = () => {
    for (const { id } of lanes()) {
      const saved = rescued.get(id);
      if (saved) runs.resume(id, saved);
      else runs.remake(id, false);
    }
    rescued = new Map();
  };

  /** Ends every run and starts the engine on another backend, or on the same one again. */
  function chooseBackend(choice: BackendChoice): void {
    rescued = new Map();
    view.setState((s) => ({
      backendChoice: choice,
      lanes: s.lanes.map((lane) => ({ ...lane, runId: undefined })),
    }));
    client.restart(choice);
  }

  /** Changes to a faster backend while nothing has begun; a search under way is left alone until the next visit. */
  function takeFastest({ speeds, backend, runs: all }: EngineState): void {
    if (!Array.isArray(speeds) || view.getState().backendChoice !== "auto") return;
    const fastest = fastestOf(speeds);
    const hasBegun = Object.values(all).some(({ records }) => records.length > 0);
    if (fastest && fastest !== backend?.id && !hasBegun && !runs.isPlaying()) chooseBackend("auto");
  }

  /** Takes up settings that are valid: other lanes, standing still, where they were saved or at the beginning. */
  function applySettings(settings: Settings, saved: Save["runs"] = []): void {
    for (const { id } of lanes()) runs.end(id);
    const made = withLineage(lanesOf(settings), saved);
    view.setState({
      setup: settings.setup,
      rate: settings.rate,
      lanes: made,
      selected: made[0]?.id ?? "",
      cell: 0,
      scrub: undefined,
    });
    for (const [i, { id }] of made.entries()) {
      const run = saved[i];
      if (run) runs.resume(id, run);
      else runs.remake(id, false);
    }
  }
  const notify = (notice: Notice) =>
    view.setState(({ notices }) => ({
      notices: [...notices.filter(({ title }) => title !== notice.title), notice],
    }));

  store.subscribe((now, before) => {
    if (now.backend && !before.backend && now.catalog) {
      if (lanes().length > 0) return makeAll();
      const hash = globalThis.location?.hash ?? "";
      // A lesson sets the page by itself: nothing else is shown for a moment before.
      if (!isPlaceLink(hash) && !links.followLink(hash)) begin();
    }
    if (now.speeds !== before.speeds) takeFastest(now);
    for (const lane of lanes()) {
      const run = lane.runId === undefined ? undefined : now.runs[lane.runId];
      const old = lane.runId === undefined ? undefined : before.runs[lane.runId];
      if (!run?.refused || run.refused === old?.refused || !run.spec) continue;
      // The run goes on as it was, so its controls go back to what it has.
      setLane(view, lane.id, wishesOf(lane, run.spec));
    }
  });

  /** The first preset of a task. */
  function chooseProblem(task: string): void {
    const preset = store.getState().catalog?.presets.find((p) => p.settings.task === task);
    if (preset) choosePreset(preset.id);
  }

  /** Shows what the page shows without a link. */
  function begin(): void {
    const presets = store.getState().catalog?.presets ?? [];
    choosePreset((presets.find((p) => p.id === firstPreset) ?? presets[0])?.id ?? "");
    addLane();
  }
  const time = createTime(client, view, runs);
  const own = createOwn({ client, view, openData, chooseProblem, notify });
  const links = createLinks({ client, view, own, applySettings, begin, notify });

  return {
    choosePreset,
    chooseProblem,
    ...own,
    setSeed(seed: number) {
      setSetup({ seed });
      remakeAll();
    },
    newSeed() {
      const { seed } = view.getState().setup;
      const drawn = Math.floor(Math.random() * (seedLimit - 1));
      setSetup({ seed: drawn >= seed ? drawn + 1 : drawn });
      remakeAll();
    },
    setShared(where: SharedHyper, name: string, value: number) {
      const { setup } = view.getState();
      setSetup({ [where]: { ...setup[where], [name]: value } });
      remakeUnbegun();
    },
    addLane,
    ...createBudget(client, view, runs),
    ...createGenotypes(client, view, runs),
    ...createGoOn(client, view, runs),
    ...createHealth(client, view),
    ...createRace({ client, view, runs, remakeUnbegun }),
    removeLane(id: string) {
      if (lanes().length < 2) return;
      runs.end(id);
      view.setState((s) => {
        const left = s.lanes.filter((lane) => lane.id !== id);
        return { lanes: left, selected: left[0]?.id ?? "" };
      });
    },
    ...createTuning({ client, view, runs, remakeUnbegun }),
    ...time,
    ...createEpochs(view, runs, time, notify),
    ...createFiles({ client, view, runs, own, notify }),
    setRateLimit(rate: number | undefined) {
      view.setState({ rate, isSlow: false });
      if (runs.isPlaying()) runs.play();
    },
    /** The same seed from the beginning, standing still. */
    reset: () => remakeAll(),
    ...links,
    notify,
    ...createLooks(view),
    /** Tries a failed lane again. */
    retry: (id: string) => runs.remake(id, false),
    chooseBackend,
    continueOn,
    applySettings,
    begin,
    /** Goes on where an earlier page stopped. */
    resume(save: Save) {
      const go = () => {
        applySettings(save.settings, save.runs);
        view.setState({ offer: undefined });
        const { backend } = store.getState();
        if (backend && backend.id !== save.backend)
          notify({
            title: "Another backend",
            lines: [
              `The run was computed on ${save.backend}; ${backend.id} rounds differently, so it will not go on to the last bit.`,
            ],
          });
      };
      own.withData({ id: save.settings.setup.preset, what: "run", go, instead() {} });
    },
    measure: () => client.measure(),
  };
}

/** @file The verbs of run files: save what is on the page, show what a file holds, and verify it. */
import type { Catalog } from "../../protocol/catalog.ts";
import type { RunId } from "../../protocol/spec.ts";
import { alphaIn } from "../viz/trace.ts";
import type { EngineClient } from "./client.ts";
import { freeLetter, type Lane, presetOf, type Setup, wishesOf } from "./lanes.ts";
import type { Own } from "./own.ts";
import { encodeRunFile, type FileLane, type RunFile } from "./run-file.ts";
import type { Runs } from "./runs.ts";
import { settingsOf } from "./settings.ts";
import { type PageEvent, tell } from "./store.ts";
import { appVersion } from "./version.ts";
import { dismissIn, maxLanes, type Notice, type ViewStore } from "./view.ts";

const refused = "File refused";

interface Parts {
  readonly client: EngineClient;
  readonly view: ViewStore;
  readonly runs: Runs;
  readonly own: Pick<Own, "withData">;
  notify(notice: Notice): void;
}

export function createFiles({ client, view, runs, own, notify }: Parts) {
  const { store } = client;
  const lanes = () => view.getState().lanes;
  let verified = 0;
  let callOff = () => {};

  /** Shows recorded runs in place of the lanes there are. */
  async function showRuns(file: RunFile): Promise<void> {
    const { repairSettings } = await import("./repair-settings.ts");
    const { catalog } = store.getState();
    if (!catalog) return;
    callOff();
    for (const { id } of lanes()) runs.end(id);
    const setupOf = (known: Catalog) =>
      setupFor(known, file, repairSettings(known, file.settings).settings.setup);
    const made: Lane[] = [];
    for (const lane of file.lanes.slice(0, maxLanes)) {
      const letter = freeLetter(made, maxLanes) ?? lane.letter;
      const runId = runs.nameFor(letter);
      tell(store, recordedRun(runId, lane));
      const from = lane.from ?? { note: `by v${file.app} on ${file.backend}` };
      made.push(recordedLane(letter, runId, lane, from));
    }
    view.setState({
      setup: setupOf(catalog),
      lanes: made,
      selected: made[0]?.id ?? "",
      cell: 0,
      scrub: undefined,
      phase: undefined,
      verdicts: {},
    });
    const [first] = made;
    own.withData({
      id: file.lanes[0]?.spec.task ?? "",
      what: "file",
      go() {
        const { catalog: known = catalog } = store.getState();
        if (lanes().some(({ runId }) => runId === first?.runId))
          view.setState({ setup: setupOf(known) });
      },
      instead() {},
    });
  }

  return {
    /** The runs on the page as a file; undefined if none has taken a step. */
    runFile(): Uint8Array<ArrayBuffer> | undefined {
      const { catalog, backend } = store.getState();
      const kept = lanes().flatMap((lane): readonly FileLane[] => {
        const run = runs.of(lane);
        if (!run?.trace || !run.begun || !run.spec || run.records.length === 0) return [];
        return [{ letter: lane.letter, spec: run.spec, groups: run.groups, past: run }];
      });
      if (!catalog || !backend || kept.length === 0) return undefined;
      const settings = settingsOf(catalog, view.getState());
      return encodeRunFile({
        app: appVersion,
        backend: backend.id,
        device: backend.device,
        settings,
        lanes: kept,
      });
    },

    /** Shows what a run file holds in place of the lanes there are. Says what is wrong with it. */
    async openRunFile(bytes: Uint8Array, name: string): Promise<void> {
      const { readRunFile } = await import("./read-run-file.ts");
      const read = readRunFile(bytes);
      if ("refused" in read) {
        notify({ title: refused, lines: [`${name}: ${read.refused}`] });
        return;
      }
      // What was wrong with another file is of no interest beside one that is shown.
      dismissIn(view, refused);
      await showRuns(read.file);
      if (read.repairs.length > 0) notify({ title: "File repaired", lines: read.repairs });
    },

    showRuns,

    /** Takes a recorded lane's steps again and compares. */
    async verify(id: string): Promise<void> {
      const { verify } = await import("./verify.ts");
      const lane = lanes().find((l) => l.id === id);
      const run = lane && runs.of(lane);
      if (run?.status !== "recorded") return;
      callOff();
      callOff = verify(client, `verify${++verified}` as RunId, run, (verdict) =>
        view.setState(({ verdicts }) => ({ verdicts: { ...verdicts, [id]: verdict } })),
      );
    },
  };
}

/** The file's settings, as far as they are valid here. The page draws what its preset says, so its space must be the file's. */
function setupFor(catalog: Catalog, { lanes }: RunFile, setup: Setup): Setup {
  const space = lanes[0]?.spec.space;
  if (presetOf(catalog, setup)?.settings.space === space) return setup;
  const preset = catalog.presets.find((p) => p.settings.space === space);
  return { ...setup, ...(preset && { preset: preset.id }) };
}

/** The event that makes a file's lane known as a run. */
function recordedRun(runId: RunId, { spec, groups, past }: FileLane): PageEvent {
  const { trace, changes } = past;
  const last = (trace?.length ?? 1) - 1;
  const alpha = Object.fromEntries(
    groups.map(({ name }) => [name, (trace && alphaIn(trace, name, last)) ?? new Float32Array(0)]),
  );
  const genotype = changes.at(-1)?.genotype ?? { space: spec.space, groups: {}, text: "" };
  const msPerStep = (past.costs?.at(-1)?.ms ?? 0) / Math.max(1, past.records.length);
  const latest = { records: [], alpha, trace: {}, genotype, changes: [], msPerStep };
  return { kind: "recorded", runId, past, spec, groups, latest };
}

/** A lane that shows it; Reset makes a run of its own from the same settings. */
const recordedLane = (
  letter: string,
  runId: RunId,
  { spec }: FileLane,
  from: { readonly note: string; readonly recording?: string },
): Lane => ({
  ...wishesOf({ hyper: {} }, spec),
  ...(spec.genotype !== undefined && { genotype: spec.genotype }),
  id: letter,
  letter,
  runId,
  stepsAsked: 0,
  origin: { kind: "recorded", ...from },
});

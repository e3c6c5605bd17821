/** @file Recorded searches that came with the page: their list, their seeds as a study, their runs as lanes, and Random. */
import { alphaIn } from "../viz/trace.ts";
import { onceAClient, type Stage } from "./once.ts";
import type { Recording, RecordingEntry } from "./recording.ts";
import { problemOf } from "./referee.ts";
import { referenceOf } from "./reference.ts";
import type { RunFile } from "./run-file.ts";
import type { Study } from "./seeds.ts";

/** Reads a file of the page's folder `recorded`; rejects where it cannot be had. */
export type ReadRecorded = (name: string) => Promise<Uint8Array>;

const fetched: ReadRecorded = async (name) => {
  const response = await fetch(new URL(`recorded/${name}`, document.baseURI));
  if (!response.ok) throw new Error(`recorded/${name} could not be had: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** The page's one set of recordings. */
export const recordedOf = onceAClient((stage) => createRecorded(stage, fetched));

/** Every file is read once, when it is first asked for; one that could not be had is asked for again. */
export function createRecorded({ view }: Pick<Stage, "view">, read: ReadRecorded) {
  const known = new Map<string, Promise<unknown>>();
  function once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const made = (known.get(name) as Promise<T> | undefined) ?? make();
    known.set(name, made);
    made.catch(() => known.delete(name));
    return made;
  }
  /** What there is. */
  const list = () =>
    once("index.json", async () => {
      const text = new TextDecoder().decode(await read("index.json"));
      const recordings = JSON.parse(text) as readonly RecordingEntry[];
      view.setState({ recordings });
      return recordings;
    });
  const open = (id: string): Promise<Recording> =>
    once(`${id}.bin`, async () => {
      const { decodeRecording } = await import("./recording.ts");
      return decodeRecording(await read(`${id}.bin`));
    });

  return {
    list,
    /** Puts a recording's seeds beside those of the lane on show; undefined takes them away. */
    async showSeeds(id: string | undefined): Promise<void> {
      const recording = id === undefined ? undefined : await open(id);
      view.setState(({ selected, lanes, consensus }) => {
        const lane = lanes.find((l) => l.id === selected);
        const recorded = recording && lane && studyOf(recording, lane);
        return { recorded, consensus: consensus === "recorded" ? undefined : consensus };
      });
    },
    /** Recordings of one seed, as a file that the page can show. Rejects where none of them has that seed. */
    async fileOf(ids: readonly string[], seed: number): Promise<RunFile> {
      const all = await Promise.all(ids.map(open));
      const lanes = all.flatMap((recording) => {
        const run = recording.runs[recording.seeds.indexOf(seed)];
        const { label, date, device, id } = recording;
        const note = `${date}, ${device}: ${label}, seed ${seed}`;
        return run ? [{ ...run, from: { note, recording: `${id} ${seed}` } }] : [];
      });
      const [first] = all;
      if (!first || lanes.length === 0)
        throw new RangeError(`no recording of ${ids.join(", ")} has seed ${seed}`);
      const { app, backend, device, preset } = first;
      return { app, backend, device, lanes, settings: { setup: { preset, seed } } };
    },
    /** Reads what Random has reached on the problem on show, if that was recorded. */
    async knowReference(): Promise<void> {
      const { setup, reference } = view.getState();
      const problem = problemOf(setup);
      if (reference?.problem === problem) return;
      const entry = (await list()).find(
        ({ method, preset }) => method === "random" && problemOfPreset(preset) === problem,
      );
      if (!entry) return;
      const found = referenceOf(problem, await open(entry.id));
      if (problemOf(view.getState().setup) === problem) view.setState({ reference: found });
    },
    /** Puts it behind the race, or takes it away. */
    setReference: (hasReference: boolean) => view.setState({ hasReference }),
  };
}

/** A preset's problem, with nothing of it changed. */
const problemOfPreset = (preset: string) =>
  problemOf({ preset, seed: 0, spaceHyper: {}, taskHyper: {} });

function studyOf(
  recording: Recording,
  { id, letter }: { readonly id: string; readonly letter: string },
): Study {
  const { groups, runs, seeds, steps, method, ...rest } = recording;
  const results = runs.map(({ past }, i) => {
    const { trace, records, changes } = past;
    const last = (trace?.length ?? 1) - 1;
    const alpha = Object.fromEntries(
      groups.map(({ name, edges, ops }) => {
        const width = edges.length * ops.length;
        return [name, (trace && alphaIn(trace, name, last)) ?? new Float32Array(width)];
      }),
    );
    return { seed: seeds[i] ?? 0, records, genotype: changes.at(-1)?.genotype, alpha };
  });
  const plan = { first: seeds[0] ?? 0, count: seeds.length, steps };
  const entry: RecordingEntry = { ...rest, seeds, steps, method };
  const recordedBy = {
    ...{ recording: entry, isRunning: false },
    problem: problemOfPreset(recording.preset),
  };
  return { lane: id, letter, method, groups, plan, results, ...recordedBy };
}

/** @file Several seeds of one search as one small file: a JSON header, then rounded α and losses, deflated. */
import { mean } from "d3";
import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { parseGenotype } from "../../genotype/formats.ts";
import type { AlphaGroup, BackendId, RunSpec } from "../../protocol/spec.ts";
import type { Change } from "../viz/changes.ts";
import type { Cost } from "../viz/costs.ts";
import type { Trace } from "../viz/trace.ts";
import type { FileLane } from "./run-file.ts";

/** α is kept as multiples of this, so each may be half of it from what was computed. */
export const alphaUnit = 1 / 512;
/** Likewise losses: those of single batches, which chance moves by a hundred times as much. */
export const lossUnit = 1 / 256;
const version = 1;

/** What recordings say of themselves without being opened: a line of the index. */
export interface RecordingEntry {
  /** Also the file's name, without its ending. */
  readonly id: string;
  readonly label: string;
  readonly method: string;
  readonly preset: string;
  readonly seeds: readonly number[];
  /** Of each seed. */
  readonly steps: number;
  /** The version of this program that computed it. */
  readonly app: string;
  readonly backend: BackendId;
  /** The machine, in words. */
  readonly device: string;
  /** The day on which it was computed: "2026-11-22". */
  readonly date: string;
}
/** A recording, opened. */
export interface Recording extends RecordingEntry {
  readonly groups: readonly AlphaGroup[];
  /** One a seed, in the order of `seeds`; α and losses are rounded to their units. */
  readonly runs: readonly FileLane[];
}

/** All but the numbers. What is the same for all seeds is there once. */
interface Header {
  readonly version: number;
  readonly entry: RecordingEntry;
  readonly groups: readonly AlphaGroup[];
  readonly spec: RunSpec;
  /** Steps taken when a row of α was kept. */
  readonly rows: readonly number[];
  /** Each genotype that any seed would have given, once, as its space's paper prints it. */
  readonly genotypes: readonly string[];
  readonly runs: readonly {
    /** Steps taken, and which genotype would be derived from then on. */
    readonly changes: readonly (readonly [steps: number, genotype: number])[];
    /** What all steps of the seed took. */
    readonly cost: Cost;
  }[];
}

/**
 * Seeds must have the same spec but for the seed, and the same rows. Throws `RangeError` where a number is too large to be
 * kept.
 */
export function encodeRecording(recording: Recording): Uint8Array<ArrayBuffer> {
  const { groups, runs, ...entry } = recording;
  const [first] = runs;
  if (!first?.past.trace) throw new RangeError(`recording "${entry.id}" holds no run`);
  const genotypes: string[] = [];
  const place = (text: string) => {
    if (!genotypes.includes(text)) genotypes.push(text);
    return genotypes.indexOf(text);
  };
  const kept = runs.map(({ past: { changes, costs } }) => ({
    changes: changes.map(({ steps, genotype }) => [steps, place(genotype.text)] as const),
    cost: costs?.at(-1) ?? { gradients: 0, forwards: 0, ms: 0, bytes: 0 },
  }));
  const numbers = runs.flatMap(({ past }) => numbersOf(past.trace, past.records, groups));
  const header: Header = {
    version,
    entry,
    groups,
    spec: first.spec,
    rows: [...first.past.trace.steps.subarray(0, first.past.trace.length)],
    genotypes,
    runs: kept,
  };
  const json = strToU8(JSON.stringify(header));
  const body = new Uint8Array(4 + json.length + 2 * numbers.length);
  new DataView(body.buffer).setUint32(0, json.length, true);
  body.set(json, 4);
  // Low bytes first, then high ones: each kind packs better among its own.
  for (const [i, n] of numbers.entries()) {
    body[4 + json.length + i] = n & 255;
    body[4 + json.length + numbers.length + i] = n >> 8;
  }
  return new Uint8Array(deflateSync(body, { level: 9 }));
}

/** Per entry of α its rows as differences, then of both losses the mean and differences from it; each of 16 bits. */
function numbersOf(
  trace: Trace | undefined,
  records: FileLane["past"]["records"],
  groups: readonly AlphaGroup[],
): number[] {
  const out: number[] = [];
  /** Signs go last, so that small numbers of both signs are small. */
  const push = (rounded: number) => {
    const folded = rounded < 0 ? -2 * rounded - 1 : 2 * rounded;
    if (!(folded < 65_536)) throw new RangeError(`${rounded} units are too many to be recorded`);
    out.push(folded);
  };
  for (const { name } of groups) {
    const width = trace?.widths[name] ?? 0;
    for (let entry = 0; entry < width; entry++) {
      let before = 0;
      for (let row = 0; row < (trace?.length ?? 0); row++) {
        const now = Math.round((trace?.rows[name]?.[row * width + entry] ?? 0) / alphaUnit);
        push(now - before);
        before = now;
      }
    }
  }
  for (const loss of ["trainLoss", "valLoss"] as const) {
    const rounded = records.map((record) => Math.round(record[loss] / lossUnit));
    const middle = Math.round(mean(rounded) ?? 0);
    push(middle);
    for (const n of rounded) push(n - middle);
  }
  return out;
}

/** Throws `RangeError` where the bytes are no recording of this version or cut off, and `GenotypeError` for an unreadable one. */
export function decodeRecording(bytes: Uint8Array): Recording {
  const body = inflateSync(bytes);
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  const header = JSON.parse(strFromU8(body.subarray(4, 4 + length))) as Header;
  if (header.version !== version)
    throw new RangeError(`it has version ${header.version}; this page reads version ${version}`);
  const { entry, groups, spec, rows } = header;
  const genotypes = header.genotypes.map((text) => ({ ...parseGenotype(text), space: spec.space }));
  const widths = Object.fromEntries(groups.map((g) => [g.name, g.edges.length * g.ops.length]));
  const all = Object.values(widths).reduce((sum, width) => sum + width, 0);
  const count = header.runs.length * (all * rows.length + 2 * (1 + entry.steps));
  if (body.length !== 4 + length + 2 * count) throw new RangeError("it is cut off");
  let next = 4 + length;
  const take = () => {
    const folded = (body[next] ?? 0) | ((body[next + count] ?? 0) << 8);
    next++;
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  };
  const runs = header.runs.map(({ changes, cost }, i): FileLane => {
    const trace = traceFrom(Uint32Array.from(rows), widths, take);
    const [train, val] = [lossesFrom(entry.steps, take), lossesFrom(entry.steps, take)];
    const records = train.map((trainLoss, step) => {
      return { step, trainLoss, valLoss: val[step] ?? 0 };
    });
    const begun = { ...spec, seed: entry.seeds[i] ?? 0 };
    const past = {
      ...{ records, trace, begun, tunings: [] },
      changes: changes.flatMap(([steps, place]): readonly Change[] => {
        const genotype = genotypes[place];
        return genotype ? [{ steps, genotype }] : [];
      }),
      costs: sharedBy(cost, entry.steps),
      rounding: alphaUnit,
    };
    return { letter: "A", spec: begun, groups, past };
  });
  return { ...entry, groups, runs };
}

function traceFrom(
  steps: Uint32Array,
  widths: Readonly<Record<string, number>>,
  take: () => number,
): Trace {
  const rows = Object.entries(widths).map(([name, width]) => {
    const values = new Float32Array(steps.length * width);
    for (let entry = 0; entry < width; entry++) {
      let now = 0;
      for (let row = 0; row < steps.length; row++) {
        now += take();
        values[row * width + entry] = now * alphaUnit;
      }
    }
    return [name, values];
  });
  return { length: steps.length, steps, rows: Object.fromEntries(rows), widths };
}

function lossesFrom(steps: number, take: () => number): readonly number[] {
  const middle = take();
  return Array.from({ length: steps }, () => (middle + take()) * lossUnit);
}

/** What all steps took, shared evenly by them. */
const sharedBy = ({ gradients, forwards, ms, bytes }: Cost, steps: number): readonly Cost[] =>
  Array.from({ length: steps }, (_, i) => {
    const share = (i + 1) / steps;
    return { gradients: gradients * share, forwards: forwards * share, ms: ms * share, bytes };
  });

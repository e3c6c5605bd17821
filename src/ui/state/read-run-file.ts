/** @file Reads a run file that may hold anything: what can be shown is, what is wrong is told, nothing is ever thrown. */
import type { Tuned } from "../../protocol/messages.ts";
import type { AlphaGroup, BackendId, RunSpec } from "../../protocol/spec.ts";
import type { Change } from "../viz/changes.ts";
import type { Cost } from "../viz/costs.ts";
import type { Trace } from "../viz/trace.ts";
import { isArray, isCount, isRecord, isSpec, isText, listOf } from "./checks.ts";
import {
  checksum,
  type FileLane,
  headerAt,
  magic,
  type RunFile,
  runFileVersion,
} from "./run-file.ts";

/** What a file holds and what is wrong with it, or why nothing of it can be shown. */
export type ReadRunFile =
  | { readonly file: RunFile; readonly repairs: readonly string[] }
  | { readonly refused: string };

/** Larger files are refused unread. */
const mostBytes = 256e6;
const mostLanes = 8;
const mostWidth = 4096;

/** Never throws. */
export function readRunFile(bytes: Uint8Array): ReadRunFile {
  if (bytes.length > mostBytes)
    return { refused: `It has ${bytes.length} bytes; at most ${mostBytes} are read.` };
  if (new TextDecoder().decode(bytes.subarray(0, 8)) !== magic)
    return { refused: "It is no run file: its first bytes are others." };
  if (bytes.length < headerAt) return { refused: "It is cut off before its header." };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const repairs: string[] = [];
  if (view.getUint32(8, true) !== checksum(bytes))
    repairs.push("The file was changed or cut off after it was saved: its checksum is another.");
  const body = headerAt + view.getUint32(12, true);
  const header = jsonIn(bytes.subarray(headerAt, Math.min(body, bytes.length)));
  if (!isRecord(header)) return { refused: "Its header is damaged." };
  if (header["version"] !== 1 && header["version"] !== runFileVersion)
    return {
      refused: `Its version is ${String(header["version"]).slice(0, 20)}; this page reads versions 1 to ${runFileVersion}.`,
    };
  const { app, backend, device, settings, lanes } = header;
  const numbers = new Numbers(bytes, body);
  const read: FileLane[] = [];
  for (const [i, lane] of (isArray(lanes) ? lanes : []).slice(0, mostLanes).entries()) {
    const found = laneFrom(lane, numbers, (text) => repairs.push(`Lane ${i + 1}: ${text}`));
    // What follows a lane that cannot be measured cannot be found.
    if (!found) break;
    read.push(found);
  }
  if (read.length === 0) return { refused: repairs.at(-1) ?? "It holds no lane." };
  return {
    file: {
      app: isText(app) ? app : "unknown",
      backend: (isText(backend) ? backend : "unknown") as BackendId,
      device: isText(device) ? device : "",
      settings,
      lanes: read,
    },
    repairs: repairs.slice(0, 20),
  };
}

/** Reads floats and counts one after the other; undefined past the end. */
class Numbers {
  readonly #bytes: Uint8Array;
  #at: number;
  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }
  take(count: number): ArrayBuffer | undefined {
    const end = this.#at + 4 * count;
    if (end > this.#bytes.length) return undefined;
    const copy = this.#bytes.slice(this.#at, end).buffer;
    this.#at = end;
    return copy;
  }
}

type Say = (repair: string) => void;

function laneFrom(given: unknown, numbers: Numbers, say: Say): FileLane | undefined {
  if (!isRecord(given)) return void say("it is no object.");
  const { letter, spec, begun, rows, steps, values } = given;
  const groups = listOf(given["groups"], isGroup);
  const names = listOf(values, isText) ?? [];
  if (!groups || groups.length === 0) return void say("its cells cannot be read.");
  const widths = Object.fromEntries(groups.map((g) => [g.name, g.edges.length * g.ops.length]));
  if (Math.max(...Object.values(widths)) > mostWidth) return void say("its cells are too large.");
  if (!isSpec(spec) || !isSpec(begun)) return void say("its settings cannot be read.");
  if (!isCount(rows) || !isCount(steps) || rows === 0) return void say("its steps cannot be read.");
  const trace = traceFrom(numbers, rows, groups, widths, say);
  const losses = trace && numbers.take(steps * (2 + names.length));
  if (!trace || !losses) return void say("it ends too early.");
  if ((trace.steps[rows - 1] as number) > steps) return void say("its rows do not fit its steps.");
  const costs = costsFrom(given["costs"], numbers, steps, say);
  const rounding = roundingFrom(given["rounding"], say);
  return {
    letter: isText(letter) ? letter.slice(0, 1) : "A",
    spec,
    groups,
    past: {
      records: recordsFrom(new Float32Array(losses), steps, names),
      trace,
      changes: changesFrom(given["changes"], spec, steps, say),
      begun,
      tunings: tuningsFrom(given["tunings"], steps, say),
      ...(costs && { costs }),
      ...(rounding && { rounding }),
    },
  };
}

function traceFrom(
  numbers: Numbers,
  length: number,
  groups: readonly AlphaGroup[],
  widths: Readonly<Record<string, number>>,
  say: Say,
): Trace | undefined {
  const counts = numbers.take(length);
  if (!counts) return undefined;
  const steps = new Uint32Array(counts);
  if (steps.some((n, i) => n <= (steps[i - 1] ?? -1)))
    return void say("its rows are out of order.");
  const rows: Record<string, Float32Array> = Object.create(null);
  let holes = 0;
  for (const { name } of groups) {
    const data = numbers.take(length * (widths[name] ?? 0));
    if (!data) return undefined;
    const floats = new Float32Array(data);
    for (let i = 0; i < floats.length; i++)
      if (!Number.isFinite(floats[i])) {
        floats[i] = 0;
        holes++;
      }
    rows[name] = floats;
  }
  if (holes > 0) say(`${holes} values of α are no numbers; 0 is shown.`);
  return { length, steps, rows: { ...rows }, widths };
}

/** What each step took; undefined where that was not counted, or cannot be read. */
function costsFrom(
  given: unknown,
  numbers: Numbers,
  steps: number,
  say: Say,
): readonly Cost[] | undefined {
  if (given === undefined || given === 0) return undefined;
  const data = given === steps ? numbers.take(4 * steps) : undefined;
  if (!data) return void say("what its steps took cannot be read.");
  const floats = new Float32Array(data);
  if (!floats.every((v) => v >= 0 && v < Infinity))
    return void say("what its steps took holds numbers that cannot be.");
  return Array.from({ length: steps }, (_, i) => {
    const [gradients = 0, forwards = 0, ms = 0, bytes = 0] = floats.subarray(4 * i, 4 * i + 4);
    return { gradients, forwards, ms, bytes };
  });
}

/** What α is rounded to; undefined where it is exact, or where that cannot be read. */
function roundingFrom(given: unknown, say: Say): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given === "number" && given > 0 && given < 1) return given;
  return void say("how α is rounded cannot be read.");
}

const recordsFrom = (numbers: Float32Array, count: number, names: readonly string[]) =>
  Array.from({ length: count }, (_, step) => {
    const [trainLoss = 0, valLoss = 0, ...values] = numbers.subarray(
      step * (2 + names.length),
      (step + 1) * (2 + names.length),
    );
    const named = Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0]));
    return { step, trainLoss, valLoss, ...(names.length > 0 && { values: named }) };
  });

function changesFrom(given: unknown, spec: RunSpec, steps: number, say: Say): readonly Change[] {
  const all = isArray(given) ? given : [];
  const good = all.filter(
    (c, i): c is Change =>
      isChange(c) &&
      c.steps <= steps &&
      (i === 0 || c.steps > ((all[i - 1] as Change)?.steps ?? -1)),
  );
  if (good.length < all.length) say(`${all.length - good.length} genotypes cannot be read.`);
  if (good.length > 0) return good;
  say("it has no genotype.");
  return [{ steps: 0, genotype: { space: spec.space, groups: {}, text: "" } }];
}

function tuningsFrom(given: unknown, steps: number, say: Say): readonly Tuned[] {
  const all = isArray(given) ? given : [];
  const good = all.filter(
    (t): t is Tuned =>
      isRecord(t) && isCount(t["steps"]) && t["steps"] <= steps && isRecord(t["patch"]),
  );
  if (good.length < all.length)
    say(`${all.length - good.length} changes of settings cannot be read.`);
  return good;
}

const isEdge = (e: unknown): e is { from: number; to: number } =>
  isRecord(e) && isCount(e["from"]) && isCount(e["to"]);

function isGroup(g: unknown): g is AlphaGroup {
  if (!isRecord(g) || !isText(g["name"]) || g["name"] === "__proto__") return false;
  const { kind, nodes, inputs, edges, ops } = g;
  const named = listOf(ops, isText);
  const joined = listOf(edges, isEdge);
  return (
    (kind === "choice" || kind === "gate") &&
    isCount(nodes) &&
    nodes <= 64 &&
    isCount(inputs) &&
    inputs <= nodes &&
    !!named &&
    named.length > 0 &&
    new Set(named).size === named.length &&
    !!joined &&
    joined.length > 0 &&
    joined.every(({ from, to }) => from < nodes && to < nodes)
  );
}

function isChange(c: unknown): c is Change {
  if (!isRecord(c) || !isCount(c["steps"]) || !isRecord(c["genotype"])) return false;
  const { space, groups, text } = c["genotype"];
  return (
    isText(space) &&
    typeof text === "string" &&
    isRecord(groups) &&
    Object.values(groups).every((edges) =>
      listOf(edges, (e): e is object => isEdge(e) && isText((e as { op?: unknown }).op)),
    )
  );
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

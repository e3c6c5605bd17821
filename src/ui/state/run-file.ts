/** @file Runs as a file: a checked JSON header, then α and losses of every lane as raw numbers, as in a checkpoint. */
import type { AlphaGroup, BackendId, RunSpec } from "../../protocol/spec.ts";
import type { Cost } from "../viz/costs.ts";
import type { History } from "./history.ts";
import type { Settings } from "./settings.ts";

/** The version that is written; version 1, which held no costs, is read too. */
export const runFileVersion = 2;
/** The first eight bytes of every run file. */
export const magic = "NASRUN\r\n";
/** Where the header begins: after the magic, the checksum and the header's length. */
export const headerAt = 16;

/** One lane of a run file. */
export interface FileLane {
  readonly letter: string;
  readonly spec: RunSpec;
  readonly groups: readonly AlphaGroup[];
  /** With `begun`, and a trace. */
  readonly past: History;
  /** Where it comes from, in words, and which of the page's own recordings it is; absent in files. */
  readonly from?: { readonly note: string; readonly recording: string };
}
/** What a run file holds. */
export interface RunFile {
  /** The version of the page that saved it. */
  readonly app: string;
  readonly backend: BackendId;
  readonly device: string;
  /** As `Settings`, unchecked: the page repairs it by its own catalog. */
  readonly settings: unknown;
  readonly lanes: readonly FileLane[];
}

/**
 * Little-endian: magic, checksum of all that follows (uint32), the header's length (uint32), the header padded with
 * spaces to 4 bytes; then per lane the steps of its rows (uint32), per group the rows (float32), the records: for each
 * step its training and validation loss and its named values (float32), and, where they were counted, the costs: for each
 * step its passes, forward passes, milliseconds and bytes, up to then (float32).
 */
export function encodeRunFile(
  file: RunFile & { readonly settings: Settings },
): Uint8Array<ArrayBuffer> {
  const { lanes, ...rest } = file;
  const parts: Uint8Array[] = [];
  const tables = lanes.map(({ past, ...lane }) => {
    const { trace, records, changes, begun, tunings, costs = [], rounding } = past;
    const rows = trace?.length ?? 0;
    if (trace) {
      parts.push(bytesOf(trace.steps.subarray(0, rows)));
      for (const { name } of lane.groups) {
        const width = trace.widths[name] ?? 0;
        parts.push(bytesOf(trace.rows[name]?.subarray(0, rows * width) ?? new Float32Array(0)));
      }
    }
    const names = Object.keys(records[0]?.values ?? {});
    const numbers = records.flatMap(({ trainLoss, valLoss, values }) => [
      trainLoss,
      valLoss,
      ...names.map((name) => values?.[name] ?? 0),
    ]);
    parts.push(bytesOf(Float32Array.from(numbers)));
    const counted = costs.length === records.length ? costs : [];
    parts.push(bytesOf(Float32Array.from(counted.flatMap(costNumbers))));
    const steps = records.length;
    const counts = { rows, steps, values: names, costs: counted.length };
    return { ...lane, begun, tunings, changes, ...counts, ...(rounding && { rounding }) };
  });
  const json = JSON.stringify({ version: runFileVersion, ...rest, lanes: tables });
  const text = new TextEncoder().encode(json);
  const header = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(32);
  header.set(text);
  const size = parts.reduce((sum, part) => sum + part.length, headerAt + header.length);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  out.set(new TextEncoder().encode(magic));
  view.setUint32(12, header.length, true);
  out.set(header, headerAt);
  let at = headerAt + header.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  view.setUint32(8, checksum(out), true);
  return out;
}

/** As they stand in a file. */
const costNumbers = ({ gradients, forwards, ms, bytes }: Cost): number[] => [
  gradients,
  forwards,
  ms,
  bytes,
];

/** FNV-1a over everything behind the checksum itself: tells a file that was changed or cut off, not one that was forged. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 12; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash >>> 0;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

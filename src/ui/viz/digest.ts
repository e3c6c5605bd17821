/** @file A run's α in 42 bytes: enough to tell whether another run is the same, from where on it is not, and by how much. */
import { type Change, decisionsOf } from "./changes.ts";
import { alphaIn, maxRows, type Trace } from "./trace.ts";

/** How many moments a digest compares, evenly spread; the last is its end. */
export const rungs = 8;
/** Sums of all entries of α with signs of their own: how far two of them lie apart tells how far α does. */
const sumCount = 4;
/**
 * 0.05 is the share of normal draws whose squares sum to less, for `sumCount` of them (the χ² distribution with 4 degrees
 * of freedom). So the bound from the sums holds 19 times out of 20.
 */
const chiSquare = 0.711;

/** What a run had come to after a number of steps. */
export interface Digest {
  readonly steps: number;
  /** A hash of every bit of α through each rung: the last of 32 bits, the others of 8. */
  readonly alpha: readonly number[];
  /** A hash of every choice through each rung and its step, of 8 bits. */
  readonly decisions: readonly number[];
  /** A hash of the last choice, of 32 bits. */
  readonly choice: number;
  /** (sums) in float32. */
  readonly sums: readonly number[];
}
/** Where two runs part: they agree through `after` steps and differ by `by` at the latest. */
export interface Span {
  readonly after: number;
  readonly by: number;
}
/** What two digests of as many steps say of each other; undefined for no difference. */
export interface Comparison {
  readonly bits: Span | undefined;
  readonly decisions: Span | undefined;
  readonly isSameChoice: boolean;
  /** No entry of α differs by more, 19 times out of 20. */
  readonly most: number;
  /** By about how much an entry differs: the root of its mean square, estimated. */
  readonly typical: number;
}

/** After how many steps a rung stands, of 0 … `rungs` − 1. */
const rungAt = (steps: number, rung: number) => Math.ceil(((rung + 1) * steps) / rungs);

/** Of the first `steps` steps; undefined where a row is not kept, as in a run too long to keep all. */
export function digestOf(
  trace: Trace,
  changes: readonly Change[],
  steps: number,
): Digest | undefined {
  if (steps < 1 || steps >= maxRows || trace.length <= steps || trace.steps[steps] !== steps)
    return undefined;
  const names = Object.keys(trace.widths).sort();
  const bits = names.map((name) => {
    const rows = trace.rows[name] as Float32Array;
    return new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  });
  const alpha: number[] = [];
  let hash = hashText(names.join(" "), 0);
  for (let row = 0, rung = 0; row <= steps; row++) {
    for (const [i, name] of names.entries()) {
      const width = trace.widths[name] ?? 0;
      for (let at = row * width; at < (row + 1) * width; at++)
        hash = mix(hash, bits[i]?.[at] as number);
    }
    for (; rung < rungs && row >= rungAt(steps, rung); rung++) alpha.push(finish(hash));
  }
  const told = decisionsOf(changes);
  const decisions = alpha.map((_, rung) => {
    const until = told.filter((decision) => decision.steps <= rungAt(steps, rung));
    return (
      hashText(until.map(({ steps: when, choice }) => `${when} ${choice}`).join("\n"), 1) & 0xff
    );
  });
  const last = told.findLast((decision) => decision.steps <= steps);
  return {
    steps,
    alpha: alpha.map((h, rung) => (rung === rungs - 1 ? h : h & 0xff)),
    decisions,
    choice: hashText(last?.choice ?? "", 2),
    sums: sumsOf(trace, names, steps),
  };
}

/** A signed sum of the last row, by `sumCount` patterns of signs. */
function sumsOf(trace: Trace, names: readonly string[], row: number): readonly number[] {
  const sums = new Float64Array(sumCount);
  for (const name of names) {
    const alpha = alphaIn(trace, name, row) ?? new Float32Array(0);
    for (const [i, a] of alpha.entries()) {
      const signs = finish(mix(hashText(name, 3), i));
      for (let k = 0; k < sumCount; k++)
        sums[k] = (sums[k] as number) + ((signs >> k) & 1 ? a : -a);
    }
  }
  return [...Float32Array.from(sums)];
}

/** `entries`: how many α has. Throws `RangeError` if the digests are of different numbers of steps. */
export function compareDigests(a: Digest, b: Digest, entries: number): Comparison {
  if (a.steps !== b.steps)
    throw new RangeError(`digests of ${a.steps} and ${b.steps} steps cannot be compared`);
  const part = (left: readonly number[], right: readonly number[]): Span | undefined => {
    const rung = left.findIndex((h, i) => h !== right[i]);
    if (rung < 0) return undefined;
    return { after: rung === 0 ? 0 : rungAt(a.steps, rung - 1), by: rungAt(a.steps, rung) };
  };
  const squares = a.sums.reduce((sum, s, k) => sum + (s - (b.sums[k] as number)) ** 2, 0);
  const bits = part(a.alpha, b.alpha);
  return {
    bits,
    decisions: part(a.decisions, b.decisions),
    isSameChoice: a.choice === b.choice,
    most: bits ? Math.sqrt(squares / chiSquare) : 0,
    typical: bits ? Math.sqrt(squares / sumCount / Math.max(1, entries)) : 0,
  };
}

/** The one number to call out: "7f3a 91c0". */
export function digestNumber({ alpha }: Digest): string {
  const hex = (alpha.at(-1) ?? 0).toString(16).padStart(8, "0");
  return `${hex.slice(0, 4)} ${hex.slice(4)}`;
}

/** MurmurHash3 of 32 bits (Austin Appleby), word by word. */
function mix(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}
function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return finish(hash);
}

/** Of the text below; another layout gets another. */
const version = 1;
/** Bytes of a digest: version, steps, α, decisions, choice, sums. */
const size = 1 + 2 + (rungs - 1) + 4 + rungs + 4 + 4 * sumCount;
/** Characters that a digest is spelt in. */
export const digestLength = (4 * size) / 3;

/** URL-safe text, always of the same length. */
export function encodeDigest({ steps, alpha, decisions, choice, sums }: Digest): string {
  const view = new DataView(new ArrayBuffer(size));
  view.setUint8(0, version);
  view.setUint16(1, steps);
  let at = 3;
  for (const h of alpha.slice(0, -1)) view.setUint8(at++, h);
  view.setUint32(at, alpha.at(-1) ?? 0);
  at += 4;
  for (const h of decisions) view.setUint8(at++, h);
  view.setUint32(at, choice);
  at += 4;
  for (const s of sums) {
    view.setFloat32(at, s);
    at += 4;
  }
  const base64 = btoa(String.fromCharCode(...new Uint8Array(view.buffer)));
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

/** Undefined for anything that `encodeDigest` does not write. */
export function decodeDigest(text: unknown): Digest | undefined {
  if (typeof text !== "string" || text.length !== digestLength || !/^[\w-]+$/.test(text))
    return undefined;
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  const view = new DataView(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer);
  if (view.getUint8(0) !== version) return undefined;
  const bytes = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => view.getUint8(from + i));
  let at = 3;
  const early = bytes(at, rungs - 1);
  at += rungs - 1;
  const alpha = [...early, view.getUint32(at)];
  at += 4;
  const decisions = bytes(at, rungs);
  at += rungs;
  const choice = view.getUint32(at);
  at += 4;
  const sums = Array.from({ length: sumCount }, (_, k) => view.getFloat32(at + 4 * k));
  const steps = view.getUint16(1);
  if (steps < 1 || steps >= maxRows || !sums.every(Number.isFinite)) return undefined;
  return { steps, alpha, decisions, choice, sums };
}

/** @file Any UTF-8 text of the user's own as a task: its first half is for w, its second for α. */
import { ownTaskId } from "../../protocol/own-data.ts";
import { DatasetError } from "../errors.ts";
import type { TaskDefinition } from "../problem.ts";
import { checksum } from "./formats/shard.ts";
import { sequenceTask, tokensOf } from "./sequence.ts";

/** What a text may be. */
export const textLimits = {
  /** 10 MB. */
  bytes: 10_000_000,
  /** The fewest characters: enough for windows in both halves. */
  characters: 1_000,
  /** Different characters that are told apart; rarer ones share one token, shown as �. */
  vocabulary: 256,
} as const;
/** Characters of a window. */
const length = 24;
const other = "\uFFFD";

/**
 * The task of predicting this text's characters. `name` is the file's, for the label; the id is of the bytes, so that a
 * run's spec names its very text.
 * Throws `DatasetError` naming what is wrong, its value and what is allowed, if the bytes are too many, no UTF-8, or too
 * short a text.
 */
export function textTask(bytes: Uint8Array, name: string): TaskDefinition {
  const text = decode(bytes, name).replaceAll("\r\n", "\n");
  const all = [...text];
  if (all.length < textLimits.characters)
    throw new DatasetError(
      `${name} has ${count(all.length)} characters; at least ${count(textLimits.characters)} are needed`,
    );
  const characters = vocabularyOf(all);
  const middle = Math.floor(all.length / 2);
  const half = (from: number, to?: number) => tokensOf(all.slice(from, to).join(""), characters);
  const corpus = { characters, train: half(0, middle), val: half(middle) };
  return {
    id: ownTaskId("text", checksum(bytes)),
    label: name,
    summary: "A text of your own, character by character: after each, the next is to be guessed.",
    reference: `${name}: ${count(all.length)} characters, ${characters.length} different`,
    hyper: {},
    signature: { kind: "sequence", length, vocabulary: characters.length },
    presetsOf: "names",
    open: async () => sequenceTask(corpus, length),
  };
}

/** By code; with more than may be told apart, the most frequent and at the end `other`. */
function vocabularyOf(all: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const character of all) counts.set(character, (counts.get(character) ?? 0) + 1);
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = byCount.slice(0, textLimits.vocabulary - 1).map(([character]) => character);
  const sorted = (byCount.length > textLimits.vocabulary ? kept : [...counts.keys()]).sort();
  return byCount.length > textLimits.vocabulary ? [...sorted, other] : sorted;
}

function decode(bytes: Uint8Array, name: string): string {
  if (bytes.length > textLimits.bytes)
    throw new DatasetError(
      `${name} has ${count(bytes.length)} bytes; at most ${count(textLimits.bytes)} are allowed`,
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    const at = firstBad(bytes);
    const value = `0x${(bytes[at] as number).toString(16).toUpperCase().padStart(2, "0")}`;
    throw new DatasetError(
      `${name} is not UTF-8: byte ${count(at)} of it, ${value}, begins or continues no character; only UTF-8 is allowed`,
      { cause },
    );
  }
}

/** The first byte up to which nothing decodes, found by halving; a character cut off at the end is its last byte. */
function firstBad(bytes: Uint8Array): number {
  const isGood = (end: number): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  return bad - 1;
}

const count = (n: number): string => n.toLocaleString("en");

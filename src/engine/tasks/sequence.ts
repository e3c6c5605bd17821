/** @file Predicting the next character of a text: windows drawn at random places of the half for w or for α. */
import { tensor2d } from "@tensorflow/tfjs-core";
import { SpecError } from "../errors.ts";
import type { Batch, Draw, Split, Task } from "../problem.ts";
import { crossEntropy } from "./cross-entropy.ts";

/** A text as tokens: the index of each character in `characters`. */
export interface Corpus {
  readonly characters: readonly string[];
  readonly train: Uint16Array;
  readonly val: Uint16Array;
  /** Read when asked for; absent where nothing is held out. */
  readonly test?: () => Promise<Uint16Array>;
}

/**
 * Batches of `length` characters (x) and the character after each (y), both (batch, length) int32. A window begins
 * anywhere, and the hidden state with it at zero: the official code goes through the text in order and carries it on.
 * `excerpt` is what to show of a text drawn after a window. `sample` throws `SpecError` if a half is shorter than a window.
 */
export function sequenceTask(
  { characters, test, ...halves }: Corpus,
  length: number,
  excerpt: (text: string) => string = (text) => text,
): Task {
  const batchOf = (split: Split, starts: readonly number[], text = halves[split]): Batch => {
    const at = (shift: number) =>
      starts.flatMap((start) => Array.from(text.subarray(start + shift, start + shift + length)));
    const shape: [number, number] = [starts.length, length];
    return { split, x: tensor2d(at(0), shape, "int32"), y: tensor2d(at(1), shape, "int32") };
  };
  /** How many places a window can begin at. */
  const places = (split: Split): number => {
    const count = halves[split].length - length;
    if (count < 1)
      throw new SpecError(
        `the half "${split}" has ${halves[split].length} characters; a window needs ${length + 1}`,
      );
    return count;
  };
  const startsOf = (split: Split, { step, size, rng }: Draw): readonly number[] => {
    const count = places(split);
    const uniform = rng.fork("windows").fork(split).fork(step).uniform(size);
    return Array.from(uniform, (u) => Math.min(count - 1, Math.floor(u * count)));
  };
  const spell = (tokens: ArrayLike<number>) =>
    Array.from(tokens, (t) => characters[t] ?? "").join("");
  return {
    isClassifier: true,
    decode: (tokens) => excerpt(spell(tokens)),
    async inOrder(split, index, size) {
      const first = index * size * length;
      const starts = Array.from({ length: size }, (_, i) => first + i * length);
      return (starts.at(-1) as number) < places(split) ? batchOf(split, starts) : undefined;
    },
    ...(test && {
      async heldOut(index, size) {
        const text = await test();
        const starts = Array.from({ length: size }, (_, i) => (index * size + i) * length);
        const isWhole = (starts.at(-1) as number) + length < text.length;
        return isWhole ? batchOf("val", starts, text) : undefined;
      },
    }),
    sample: (split, draw) => batchOf(split, startsOf(split, draw)),
    show: (split, draw) => ({
      kind: "texts",
      texts: startsOf(split, draw).map((start) =>
        spell(halves[split].subarray(start, start + length + 1)),
      ),
    }),
    epoch: (size) => Math.max(1, Math.floor(halves.train.length / (size * length))),
    loss: (logits, { y }) => crossEntropy(logits, y),
    dispose: () => {},
  };
}

/** Tokens of a text; characters outside `characters` become the last of them. */
export function tokensOf(text: string, characters: readonly string[]): Uint16Array {
  const index = new Map(characters.map((character, i) => [character, i]));
  return Uint16Array.from(text, (character) => index.get(character) ?? characters.length - 1);
}

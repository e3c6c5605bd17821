/** @file English first names, character by character, as they lie in the repository. */
import { DatasetError } from "../errors.ts";
import type { TaskDefinition } from "../problem.ts";
import { checksum } from "./formats/shard.ts";
import { parseTextManifest, type TextFile } from "./formats/text-manifest.ts";
import { sequenceTask, tokensOf } from "./sequence.ts";
import { readFile } from "./shard-loader.ts";

const folder = "datasets/names";
/** The line end, "-" and a to z. */
const vocabulary = 28;
/** Characters of a window: a name and a half. */
const length = 12;

/** The first name that has both ends: what stands before belongs to the window. */
const firstWhole = (text: string): string => text.split("\n").slice(1, -1)[0] ?? "";

/** 3,789 names for w and as many for α, one after the other, a line end behind each. */
export const names: TaskDefinition = {
  id: "names",
  label: "First names",
  summary: "English first names, letter by letter: after each letter, the next is to be guessed.",
  reference: "Grady Ward, Moby Words II, 2002, by two packages of stdlib; 8,422 names",
  hyper: {},
  signature: { kind: "sequence", length, vocabulary },
  async open(read, _, onProgress = () => {}) {
    const file = `${folder}/manifest.json`;
    const text = new TextDecoder().decode(await readFile(read, file, "a manifest"));
    const manifest = parseTextManifest(file, text);
    const characters = [...manifest.characters];
    if (characters.length !== vocabulary)
      throw new DatasetError(
        `${file} names ${characters.length} characters; this task has ${vocabulary}`,
      );
    const tokens = async (of: TextFile): Promise<Uint16Array> => {
      const path = `${folder}/${of.file}`;
      const bytes = await readFile(read, path, `SHA-256 ${of.sha256}`);
      if (checksum(bytes) !== of.sha256)
        throw new DatasetError(
          `${path} is damaged: expected SHA-256 ${of.sha256}, found ${checksum(bytes)}`,
        );
      return tokensOf(new TextDecoder().decode(bytes), characters);
    };
    const progress = (done: number) => onProgress({ what: "data", done, total: 2 });
    progress(0);
    const train = await tokens(manifest.train);
    progress(1);
    const val = await tokens(manifest.val);
    progress(2);
    let held: Promise<Uint16Array> | undefined;
    const test = () => {
      held ??= tokens(manifest.test);
      return held;
    };
    const corpus = { characters, train, val, test };
    return sequenceTask(corpus, length, firstWhole);
  },
};

/** @file The manifest of an image data set: JSON text → a checked description. */
import { isCount, isFields, isFileName, isSha256, isString, readFields } from "./fields.ts";

/** One file of images; ADR 0011 says what is in it. */
export interface ShardEntry {
  /** Name inside the data set's folder. */
  readonly file: string;
  /** Images in it; even, so that it splits into halves. */
  readonly count: number;
  /** Size of the file. */
  readonly bytes: number;
  /** Size after inflating: count · (1 + 3 · size²). */
  readonly rawBytes: number;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
}
/** What the engine has to know of a data set of square RGB images. */
export interface ImageManifest {
  readonly format: typeof FORMAT;
  /** Names by label. */
  readonly classes: readonly string[];
  /** Height and width in pixels. */
  readonly size: number;
  /** Per channel (red, green, blue) over the training pixels, on a scale from 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Shards of the training images: the first half of each is for w, the second for α. */
  readonly train: readonly ShardEntry[];
  readonly test: readonly ShardEntry[];
}
/** Names this layout of manifest and shards; another layout gets another name. */
export const FORMAT = "image-shards-1";

const isEvenCount = (value: unknown): value is number => isCount(value) && value % 2 === 0;
const isFormat = (value: unknown): value is typeof FORMAT => value === FORMAT;
const isThreeFractions = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length === 3 && value.every((v) => v > 0 && v < 1);
const isListOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.length > 0 && value.every(is);

/** Reads the manifest `file`. Throws `DatasetError` naming the file, the field, its value and what is allowed. */
export function parseManifest(file: string, text: string): ImageManifest {
  const { json, field } = readFields(file, text);
  const classes = field(json, "classes", isListOf(isString), "a list of names");
  const size = field(json, "size", isCount, "a whole number above 0");
  const shards = (key: string): readonly ShardEntry[] =>
    field(json, key, isListOf(isFields), "a list of shards").map((entry) => {
      const count = field(entry, "count", isEvenCount, "an even number above 0");
      const rawBytes = count * (1 + 3 * size * size);
      const isRawBytes = (value: unknown): value is number => value === rawBytes;
      return {
        file: field(entry, "file", isFileName, "a file name"),
        count,
        bytes: field(entry, "bytes", isCount, "a whole number above 0"),
        rawBytes: field(entry, "rawBytes", isRawBytes, `${rawBytes} for ${count} images`),
        sha256: field(entry, "sha256", isSha256, "64 hexadecimal digits"),
      };
    });
  return {
    format: field(json, "format", isFormat, `"${FORMAT}"`),
    classes,
    size,
    mean: field(json, "mean", isThreeFractions, "three numbers between 0 and 1"),
    std: field(json, "std", isThreeFractions, "three numbers between 0 and 1"),
    train: shards("train"),
    test: shards("test"),
  };
}

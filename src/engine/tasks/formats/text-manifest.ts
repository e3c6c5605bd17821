/** @file The manifest of a text data set: JSON text → a checked description. */
import { isCount, isFields, isFileName, isSha256, isString, readFields } from "./fields.ts";

/** One split, UTF-8. */
export interface TextFile {
  /** Name inside the data set's folder. */
  readonly file: string;
  readonly bytes: number;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
}
/** What the engine has to know of a text. */
export interface TextManifest {
  readonly format: typeof TEXT_FORMAT;
  /** Every character of the three files once, in the order of its code: token t is number t. */
  readonly characters: string;
  /** For w. */
  readonly train: TextFile;
  /** For α. */
  readonly val: TextFile;
  /** Never read by a search. */
  readonly test: TextFile;
}
/** Names this layout; another layout gets another name. */
export const TEXT_FORMAT = "text-1";

const isFormat = (value: unknown): value is typeof TEXT_FORMAT => value === TEXT_FORMAT;

/** Reads the manifest `file`. Throws `DatasetError` naming the file, the field, its value and what is allowed. */
export function parseTextManifest(file: string, text: string): TextManifest {
  const { json, field } = readFields(file, text);
  const entry = (key: string): TextFile => {
    const of = field(json, key, isFields, "a file with bytes and sha256");
    return {
      file: field(of, "file", isFileName, "a file name"),
      bytes: field(of, "bytes", isCount, "a whole number above 0"),
      sha256: field(of, "sha256", isSha256, "64 hexadecimal digits"),
    };
  };
  return {
    format: field(json, "format", isFormat, `"${TEXT_FORMAT}"`),
    characters: field(json, "characters", isString, "a text"),
    train: entry("train"),
    val: entry("val"),
    test: entry("test"),
  };
}

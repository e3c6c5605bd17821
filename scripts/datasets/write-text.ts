/** @file Writes the three splits of a text and their manifest into a folder under public/datasets. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checksum } from "../../src/engine/tasks/formats/shard.ts";
import {
  TEXT_FORMAT,
  type TextFile,
  type TextManifest,
} from "../../src/engine/tasks/formats/text-manifest.ts";
import type { DataPackage } from "./npm-package.ts";

export interface TextDataset {
  readonly title: string;
  readonly citation: string;
  readonly sources: readonly DataPackage[];
  /** What of the sources this is, in which order, and how it is split. */
  readonly chosen: string;
  /** For w, for α, and for tests that a search never reads. */
  readonly train: string;
  readonly val: string;
  readonly test: string;
}

/** Replaces the folder's texts and manifest and leaves its other files; returns its path. */
export function writeText(name: string, { sources, ...set }: TextDataset): string {
  const folder = fileURLToPath(new URL(`../../public/datasets/${name}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  const write = (split: "train" | "val" | "test"): TextFile => {
    const [file, bytes] = [`${split}.txt`, new TextEncoder().encode(set[split])];
    writeFileSync(join(folder, file), bytes);
    return { file, bytes: bytes.length, sha256: checksum(bytes) };
  };
  const manifest: TextManifest & Record<string, unknown> = {
    format: TEXT_FORMAT,
    title: set.title,
    citation: set.citation,
    sources: sources.map(({ name, version, integrity }) => `${name}@${version}, ${integrity}`),
    chosen: set.chosen,
    characters: [...new Set(set.train + set.val + set.test)].sort().join(""),
    train: write("train"),
    val: write("val"),
    test: write("test"),
  };
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

/** @file Writes shards and their manifest into a folder under public/datasets. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  FORMAT,
  type ImageManifest,
  type ShardEntry,
} from "../../src/engine/tasks/formats/manifest.ts";
import { checksum, type ImageShard } from "../../src/engine/tasks/formats/shard.ts";
import { encodeShard } from "./encode-shard.ts";
import { channelStatistics } from "./images.ts";
import type { DataPackage } from "./npm-package.ts";

export interface ImageDataset {
  readonly title: string;
  readonly source: DataPackage;
  readonly citation: string;
  /** Which images of the source these are, and in which order. */
  readonly chosen: string;
  readonly classes: readonly string[];
  readonly size: number;
  readonly train: readonly ImageShard[];
  readonly test: readonly ImageShard[];
}

const LARGEST_SHARD = 1_300_000;

/** Replaces the folder's shards and manifest and leaves its other files; returns its path. Throws if a shard is over 1.3 MB. */
export function writeDataset(name: string, { train, test, source, ...rest }: ImageDataset): string {
  const folder = fileURLToPath(new URL(`../../public/datasets/${name}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    if (file.endsWith(".bin")) rmSync(join(folder, file));
  }
  const write = (split: string, shards: readonly ImageShard[]): ShardEntry[] =>
    shards.map((shard, i) => {
      const file = `${split}-${String(i).padStart(2, "0")}.bin`;
      const bytes = encodeShard(shard, rest.size);
      if (bytes.length > LARGEST_SHARD) {
        throw new Error(`${file} has ${bytes.length} bytes; at most ${LARGEST_SHARD} are allowed`);
      }
      writeFileSync(join(folder, file), bytes);
      return {
        file,
        count: shard.labels.length,
        bytes: bytes.length,
        rawBytes: shard.labels.length + shard.pixels.length,
        sha256: checksum(bytes),
      };
    });
  const { title, citation, chosen, classes, size } = rest;
  const manifest: ImageManifest & Record<string, unknown> = {
    format: FORMAT,
    title,
    citation,
    source: `npm package ${source.name}@${source.version}, ${source.integrity}`,
    chosen,
    halves: "in each training shard the first half of the images is for w, the second for alpha",
    classes,
    size,
    ...channelStatistics(train),
    train: write("train", train),
    test: write("test", test),
  };
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

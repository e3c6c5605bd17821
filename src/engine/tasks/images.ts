/** @file Classification of small colour images from a folder of shards. */
import { DatasetError } from "../errors.ts";
import type { TaskDefinition } from "../problem.ts";
import { type ImageManifest, parseManifest } from "./formats/manifest.ts";
import { heldImages, type ImageHyper, imageHyper } from "./held-images.ts";
import { readFile, startLoading } from "./shard-loader.ts";

/** A data set in the format of ADR 0011. */
export interface ImageSet {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly reference: string;
  /** Under `public/`, without a slash at its end. */
  readonly folder: string;
  /** Height and width in pixels. */
  readonly size: number;
  readonly classes: number;
}
/** The task of telling the classes of an image set apart; half of its training images are for w, half for α. */
export function imageTask(set: ImageSet): TaskDefinition<ImageHyper> {
  const { id, label, summary, reference, size, classes } = set;
  return {
    id,
    label,
    summary,
    reference,
    signature: { kind: "image", input: [size, size, 3], classes },
    hyper: imageHyper,
    async open(read, hyper, onProgress = () => {}) {
      const manifest = await readManifest(set, (file) => readFile(read, file, "a manifest"));
      const { train, test, mean, std, classes } = manifest;
      const progress = (done: number) => onProgress({ what: "data", done, total: train.length });
      progress(0);
      const load = (entries: ImageManifest["train"], onLoaded: (done: number) => void) =>
        startLoading({ read, folder: set.folder, entries, size, onLoaded });
      const shards = await load(train, progress);
      const openTest = () => load(test, () => {});
      return heldImages({ shards, train, test, openTest, size, mean, std, classes }, hyper);
    },
  };
}

async function readManifest(
  { folder, size, classes }: ImageSet,
  read: (file: string) => Promise<Uint8Array>,
): Promise<ImageManifest> {
  const file = `${folder}/manifest.json`;
  const manifest = parseManifest(file, new TextDecoder().decode(await read(file)));
  if (manifest.size !== size || manifest.classes.length !== classes) {
    throw new DatasetError(
      `${file} describes ${manifest.classes.length} classes at ${manifest.size} pixels; ` +
        `this task needs ${classes} at ${size}`,
    );
  }
  return manifest;
}

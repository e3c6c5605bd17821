/** @file Images of the user's own as a task: five twelfths are for w, as many for α, a sixth for tests. */
import { ownTaskId } from "../../protocol/own-data.ts";
import { type OwnImages, ownImageLimits } from "../../protocol/own-images.ts";
import { createRng, type Rng } from "../core/rng.ts";
import { DatasetError } from "../errors.ts";
import type { TaskDefinition } from "../problem.ts";
import { checksum, type ImageShard } from "./formats/shard.ts";
import { heldImages, type ImageHyper, imageHyper } from "./held-images.ts";
import { pick } from "./order.ts";
import type { ShardLoader } from "./shard-loader.ts";

const { size, images: mostImages, fewestClasses, mostClasses, perClass } = ownImageLimits;
const area = size * size * 3;
/** One image in so many is kept for tests, as of CIFAR-10's 60,000. */
const testShare = 6;

/** Where images of one's own go. Indices into the set; `train` begins with the half for w. */
interface Parts {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * The task of telling these classes apart. The id is of names, labels and pixels, so that a run's spec names its very
 * images; the split is drawn once for such an id and is the same for every seed.
 * Throws `DatasetError` naming what is wrong, its value and what is allowed.
 */
export function ownImagesTask(images: OwnImages): TaskDefinition<ImageHyper> {
  const { name, classes } = images;
  const labels = new Uint8Array(images.labels);
  const pixels = new Uint8Array(images.pixels);
  check(images, labels, pixels);
  const id = ownTaskId("images", hashOf(classes, labels, pixels));
  const parts = split(labels, classes.length);
  const { mean, std } = moments(pixels, parts.train);
  return {
    id,
    label: name,
    summary: `Images of your own in ${count(classes.length)} classes, to be told apart: ${listed(classes)}.`,
    reference: `${name}: ${count(labels.length)} images, cropped to squares and averaged to ${size}×${size}`,
    hyper: imageHyper,
    signature: { kind: "image", input: [size, size, 3], classes: classes.length },
    presetsOf: "cifar10",
    largestBatch: parts.test.length,
    async open(_, hyper) {
      const shard = (chosen: readonly number[]) => held(take(chosen, labels, pixels));
      return heldImages(
        {
          shards: shard(parts.train),
          train: [{ count: parts.train.length }],
          test: [{ count: parts.test.length }],
          openTest: async () => shard(parts.test),
          ...{ size, mean, std, classes },
        },
        hyper,
      );
    },
  };
}

function check({ name, classes }: OwnImages, labels: Uint8Array, pixels: Uint8Array): void {
  if (classes.length < fewestClasses || classes.length > mostClasses)
    throw new DatasetError(
      `${name} has ${count(classes.length)} classes; ${fewestClasses} to ${mostClasses} are allowed`,
    );
  if (labels.length > mostImages)
    throw new DatasetError(
      `${name} has ${count(labels.length)} images; at most ${count(mostImages)} are allowed`,
    );
  if (pixels.length !== labels.length * area)
    throw new DatasetError(
      `${name} has ${count(pixels.length)} bytes of pixels; ${count(labels.length)} images need ${count(labels.length * area)}`,
    );
  const strange = labels.find((label) => label >= classes.length);
  if (strange !== undefined)
    throw new DatasetError(
      `${name} has a label ${strange}; 0 to ${classes.length - 1} are allowed`,
    );
  for (const [label, className] of classes.entries()) {
    const found = labels.filter((l) => l === label).length;
    if (found < perClass)
      throw new DatasetError(
        `class ${className} of ${name} has too few images: ${found}; at least ${perClass} are needed`,
      );
  }
}

/** Class by class at random, so that every part has the set's proportions; what makes the halves unequal is for tests. */
function split(labels: Uint8Array, classes: number): Parts {
  const rng = createRng(0).fork("own images");
  const [w, alpha, test]: [number[], number[], number[]] = [[], [], []];
  for (let label = 0; label < classes; label++) {
    const all = [...labels.keys()].filter((i) => labels[i] === label);
    const own = shuffled(all, rng.fork(label));
    const half = Math.floor((own.length - Math.ceil(own.length / testShare)) / 2);
    w.push(...own.slice(0, half));
    alpha.push(...own.slice(half, 2 * half));
    test.push(...own.slice(2 * half));
  }
  // In order of class, a batch would hold one class alone, which a network's norms would notice.
  const mixed = (part: readonly number[], of: string) => shuffled(part, rng.fork(of));
  return { train: [...mixed(w, "w"), ...mixed(alpha, "alpha")], test: mixed(test, "test") };
}

/** Fisher–Yates. */
function shuffled(items: readonly number[], rng: Rng): readonly number[] {
  const all = [...items];
  const uniform = rng.uniform(all.length);
  for (let i = all.length - 1; i > 0; i--) {
    const j = pick(uniform[i] as number, i + 1);
    [all[i], all[j]] = [all[j] as number, all[i] as number];
  }
  return all;
}

/** Per channel over these images, on a scale from 0 to 1. A channel that never changes gets the deviation of one step. */
function moments(pixels: Uint8Array, chosen: readonly number[]) {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (const image of chosen)
    for (let at = 0; at < area; at++) {
      const value = (pixels[image * area + at] as number) / 255;
      sums[at % 3] = (sums[at % 3] as number) + value;
      squares[at % 3] = (squares[at % 3] as number) + value * value;
    }
  const n = chosen.length * size * size;
  const mean = sums.map((sum) => sum / n);
  const std = squares.map((square, c) =>
    Math.max(1 / 255, Math.sqrt(Math.max(0, square / n - (mean[c] as number) ** 2))),
  );
  return { mean, std };
}

const take = (chosen: readonly number[], labels: Uint8Array, pixels: Uint8Array): ImageShard => {
  const taken = new Uint8Array(chosen.length * area);
  for (const [i, image] of chosen.entries())
    taken.set(pixels.subarray(image * area, (image + 1) * area), i * area);
  return { labels: Uint8Array.from(chosen, (image) => labels[image] as number), pixels: taken };
};

/** One shard that is there already. */
const held = (shard: ImageShard): ShardLoader => ({
  need: async () => {},
  get: () => shard,
  close() {},
});

function hashOf(classes: readonly string[], labels: Uint8Array, pixels: Uint8Array): string {
  const names = new TextEncoder().encode(JSON.stringify(classes));
  const all = new Uint8Array(names.length + labels.length + pixels.length);
  all.set(names);
  all.set(labels, names.length);
  all.set(pixels, names.length + labels.length);
  return checksum(all);
}

const count = (n: number): string => n.toLocaleString("en");
const listed = (classes: readonly string[]): string =>
  classes.length > 10 ? `${classes.slice(0, 10).join(", ")} …` : classes.join(", ");

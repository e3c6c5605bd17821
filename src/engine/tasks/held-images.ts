/** @file A task of labelled images once its shards are known: which examples a batch holds, moved or as they are. */
import { tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import { toggle } from "../core/hyper.ts";
import type { Batch, Draw, Split, Task } from "../problem.ts";
import { drawMoves, type Move, normalise, type Scale, still, writeImage } from "./augment.ts";
import { crossEntropy } from "./cross-entropy.ts";
import { createOrder } from "./order.ts";
import type { ShardLoader } from "./shard-loader.ts";

/** Where an example of a half lies: its shard, its place there, and how many of the shard are each half's. */
interface Place {
  readonly shard: number;
  readonly place: number;
  readonly half: number;
}
type Counted = readonly { readonly count: number }[];

/** What the switches of every task of images are. */
export const imageHyper = {
  augment: toggle(
    "Augmentation",
    "Shifts and mirrors every image at random each time it is drawn.",
    1,
    false,
  ),
};
export type ImageHyper = { readonly augment: number };

/** Images in shards, of which the first half is for w and the second for α. */
export interface HeldImages {
  readonly shards: ShardLoader;
  /** Images in each shard, even. */
  readonly train: Counted;
  readonly test: Counted;
  /** Called when the first test images are wanted. */
  openTest(): Promise<ShardLoader>;
  /** Height and width in pixels. */
  readonly size: number;
  /** Per channel (red, green, blue), on a scale from 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Names by label. */
  readonly classes: readonly string[];
}

/** Every byte as it is. */
const asStored: Scale = Float32Array.from({ length: 3 * 256 }, (_, i) => i % 256);

/** The task of telling these images' classes apart. */
export function heldImages(images: HeldImages, { augment }: ImageHyper): Task {
  const { shards, size } = images;
  let test: ShardLoader | undefined;
  const halves = images.train.map(({ count }) => count / 2);
  const order = createOrder(halves);
  // Per example of a half, its shard and its place in that shard's half.
  const places = halves.flatMap((half, shard) =>
    Array.from({ length: half }, (_, place): Place => ({ shard, place, half })),
  );
  const placesOf = (split: Split, draw: Draw) =>
    Array.from(order(split, draw), (index) => places[index] as Place);
  const scale = normalise(images.mean, images.std);
  const area = size * size * 3;

  /** Examples of a half one after another, (count, size, size, 3), and their labels. */
  const write = (
    split: Split,
    chosen: readonly Place[],
    moves: readonly Move[],
    scale: Scale,
    from: ShardLoader,
  ) => {
    const x = new Float32Array(chosen.length * area);
    const y = new Int32Array(chosen.length);
    for (const [i, { shard, place, half }] of chosen.entries()) {
      const at = split === "train" ? place : place + half;
      const { labels, pixels } = from.get(shard);
      const image = pixels.subarray(at * area, (at + 1) * area);
      const out = x.subarray(i * area, (i + 1) * area);
      writeImage(out, image, size, scale, moves[i] ?? still);
      y[i] = labels[at] as number;
    }
    return { x, y };
  };
  const batchOf = (
    split: Split,
    chosen: readonly Place[],
    moves: readonly Move[],
    from = shards,
  ): Batch => {
    const { x, y } = write(split, chosen, moves, scale, from);
    return {
      split,
      x: tensor4d(x, [chosen.length, size, size, 3]),
      y: tensor1d(y, "int32"),
    };
  };

  /** How the images of a draw are moved. DARTS pads 32 pixels by 4; other sizes keep the proportion. */
  const movesOf = (split: Split, { rng, step, size: count }: Draw): readonly Move[] =>
    augment === 1 ? drawMoves(rng.fork("augment").fork(split).fork(step), count, size / 8) : [];

  return {
    async inOrder(split, index, count) {
      const chosen = places.slice(index * count, (index + 1) * count);
      if (chosen.length < count) return undefined;
      await shards.need(new Set(chosen.map(({ shard }) => shard)));
      return batchOf(split, chosen, []);
    },
    async heldOut(index, count) {
      test ??= await images.openTest();
      const chosen = images.test
        .flatMap((entry, shard) =>
          Array.from({ length: entry.count }, (_, place): Place => ({ shard, place, half: 0 })),
        )
        .slice(index * count, (index + 1) * count);
      if (chosen.length < count) return undefined;
      await test.need(new Set(chosen.map(({ shard }) => shard)));
      return batchOf("val", chosen, [], test);
    },
    prepare(draw) {
      const wanted = [...placesOf("train", draw), ...placesOf("val", draw)];
      return shards.need(new Set(wanted.map(({ shard }) => shard)));
    },
    sample: (split, draw) => batchOf(split, placesOf(split, draw), movesOf(split, draw)),
    show(split, draw) {
      const places = placesOf(split, draw);
      const { x, y } = write(split, places, movesOf(split, draw), asStored, shards);
      const classes = Array.from(y, (label) => images.classes[label] ?? `${label}`);
      return { kind: "images", size, pixels: Uint8Array.from(x), classes };
    },
    epoch: (count) => Math.max(1, Math.floor(places.length / count)),
    isClassifier: true,
    loss: (logits, { y }) => crossEntropy(logits, y),
    dispose() {
      shards.close();
      test?.close();
    },
  };
}

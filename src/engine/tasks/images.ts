/** @file Classification of small colour images from a folder of shards. */
import { tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import { toggle } from "../core/hyper.ts";
import { DatasetError } from "../errors.ts";
import type { Batch, Draw, Split, TaskDefinition } from "../problem.ts";
import { drawMoves, type Move, normalise, still, writeImage } from "./augment.ts";
import { crossEntropy } from "./cross-entropy.ts";
import { type ImageManifest, parseManifest } from "./formats/manifest.ts";
import { createOrder } from "./order.ts";
import { readFile, type ShardLoader, startLoading } from "./shard-loader.ts";

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
/** Where an example of a half lies: its shard, its place there, and how many of the shard are each half's. */
interface Place {
  readonly shard: number;
  readonly place: number;
  readonly half: number;
}
type ImageHyper = { readonly augment: number };

/** The task of telling the classes of an image set apart; half of its training images are for w, half for α. */
export function imageTask(set: ImageSet): TaskDefinition<ImageHyper> {
  const { id, label, summary, reference, size, classes } = set;
  return {
    id,
    label,
    summary,
    reference,
    signature: { kind: "image", input: [size, size, 3], classes },
    hyper: {
      augment: toggle(
        "Augmentation",
        "Shifts and mirrors every image at random each time it is drawn.",
        1,
        false,
      ),
    },
    async open(read, { augment }, onProgress = () => {}) {
      const manifest = await readManifest(set, (file) => readFile(read, file, "a manifest"));
      const entries = manifest.train;
      const progress = (done: number) => onProgress({ what: "data", done, total: entries.length });
      progress(0);
      const shards = await startLoading({
        read,
        folder: set.folder,
        entries,
        size,
        onLoaded: progress,
      });

      let test: ShardLoader | undefined;

      const halves = entries.map(({ count }) => count / 2);
      const order = createOrder(halves);
      // Per example of a half, its shard and its place in that shard's half.
      const places = halves.flatMap((half, shard) =>
        Array.from({ length: half }, (_, place): Place => ({ shard, place, half })),
      );
      const placesOf = (split: Split, draw: Draw) =>
        Array.from(order(split, draw), (index) => places[index] as Place);
      const scale = normalise(manifest.mean, manifest.std);
      const area = size * size * 3;

      /** Writes examples of a half one after another and hands them to the device. */
      const batchOf = (
        split: Split,
        chosen: readonly Place[],
        moves: readonly Move[],
        from = shards,
      ): Batch => {
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
        return {
          split,
          x: tensor4d(x, [chosen.length, size, size, 3]),
          y: tensor1d(y, "int32"),
        };
      };

      return {
        async inOrder(split, index, count) {
          const chosen = places.slice(index * count, (index + 1) * count);
          if (chosen.length < count) return undefined;
          await shards.need(new Set(chosen.map(({ shard }) => shard)));
          return batchOf(split, chosen, []);
        },
        async heldOut(index, count) {
          test ??= await startLoading({
            ...{ read, folder: set.folder, entries: manifest.test, size },
            onLoaded: () => {},
          });
          const chosen = manifest.test
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
        sample(split, draw) {
          const rng = draw.rng.fork("augment").fork(split).fork(draw.step);
          // DARTS pads 32 pixels by 4; other sizes keep the proportion.
          const moves = augment === 1 ? drawMoves(rng, draw.size, size / 8) : [];
          return batchOf(split, placesOf(split, draw), moves);
        },
        isClassifier: true,
        loss: (logits, { y }) => crossEntropy(logits, y),
        dispose() {
          shards.close();
          test?.close();
        },
      };
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

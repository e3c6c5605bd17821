import { memory } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { encodeShard } from "../../../scripts/datasets/encode-shard.ts";
import type { Progress } from "../../protocol/messages.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { DatasetError } from "../errors.ts";
import type { Batch, ReadFile, Split, Task } from "../problem.ts";
import { FORMAT } from "./formats/manifest.ts";
import { checksum } from "./formats/shard.ts";
import { imageTask } from "./images.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

/** Three shards of eight 8×8 images of two classes, all pixels of an image alike: 10 · shard + place. */
const [SIZE, COUNT, SHARDS] = [8, 8, 3];
const area = SIZE * SIZE * 3;
const files = new Map<string, Uint8Array>();
const entries = Array.from({ length: SHARDS }, (_, s) => {
  const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 2);
  const pixels = Uint8Array.from({ length: COUNT * area }, (_, i) => 10 * s + Math.floor(i / area));
  const bytes = encodeShard({ labels, pixels }, SIZE);
  files.set(`set/${s}.bin`, bytes);
  return {
    file: `${s}.bin`,
    count: COUNT,
    bytes: bytes.length,
    rawBytes: labels.length + pixels.length,
    sha256: checksum(bytes),
  };
});
const manifest = {
  format: FORMAT,
  classes: ["even", "odd"],
  size: SIZE,
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
  train: entries,
  test: entries,
};
files.set("set/manifest.json", new TextEncoder().encode(JSON.stringify(manifest)));

/** Reads the set; `gates` hold a file back, `broken` ones give other bytes or none. */
function reader(
  broken: Readonly<Record<string, Uint8Array | undefined>> = {},
  gates: Readonly<Record<string, Promise<void>>> = {},
): ReadFile {
  return async (path) => {
    await gates[path];
    const bytes = path in broken ? broken[path] : files.get(path);
    if (!bytes) throw new Error("no such file");
    return bytes.slice().buffer;
  };
}
const definition = imageTask({
  id: "set",
  label: "Set",
  summary: "",
  reference: "",
  folder: "set",
  size: SIZE,
  classes: 2,
});
const tasks: Task[] = [];
async function open(read: ReadFile, augment = 0, onProgress?: (progress: Progress) => void) {
  const task = await definition.open(read, { augment }, onProgress);
  tasks.push(task);
  return task;
}
afterEach(() => {
  for (const task of tasks.splice(0)) task.dispose();
});

const rng = createRng(7);
/** The images of a batch by their pixel value, and the labels. */
function numbers({ x, y }: Batch) {
  const pixels = x.dataSync();
  const found = {
    images: Array.from({ length: y.size }, (_, i) =>
      Math.round(((pixels[i * area + area / 2] as number) * 0.25 + 0.5) * 255),
    ),
    labels: [...y.dataSync()],
    pixels: [...pixels],
  };
  x.dispose();
  y.dispose();
  return found;
}
async function draw(task: Task, split: Split, step: number, size = 4) {
  const at = { step, size, rng };
  await task.prepare?.(at);
  return numbers(task.sample(split, at));
}
const byStep = async (task: Task, split: Split, steps: readonly number[]) => {
  const found = new Map<number, readonly number[]>();
  for (const step of steps) found.set(step, (await draw(task, split, step)).images);
  return found;
};

describe("draws", () => {
  it("keep the halves of each shard apart and visit every image once an epoch", async () => {
    const task = await open(reader());
    for (const [split, first] of [
      ["train", 0],
      ["val", 4],
    ] as const) {
      const half = [0, 10, 20].flatMap((shard) => [0, 1, 2, 3].map((i) => shard + first + i));
      for (const epoch of [0, 1]) {
        const drawn = await byStep(
          task,
          split,
          [0, 1, 2].map((i) => 3 * epoch + i),
        );
        expect([...drawn.values()].flat().sort((a, b) => a - b)).toEqual(half);
      }
    }
  });
  it("carry the right labels as int32 and normalised float32 pixels", async () => {
    const task = await open(reader());
    const { images, labels, pixels } = await draw(task, "val", 4);
    expect(labels).toEqual(images.map((image) => image % 2));
    expect(pixels[0]).toBeCloseTo(((images[0] as number) / 255 - 0.5) / 0.25, 5);
    const { x, y } = task.sample("val", { step: 4, size: 4, rng });
    expect([x.dtype, y.dtype, x.shape, y.shape]).toEqual(["float32", "int32", [4, 8, 8, 3], [4]]);
    x.dispose();
    y.dispose();
    expect(memory().numTensors).toBe(0);
  });
  it("do not depend on when shards arrive or what was drawn before", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = await open(reader({}, { "set/1.bin": gate }));
    const early = await byStep(slow, "train", [0]);
    setTimeout(release, 5);
    const late = await byStep(slow, "train", [5, 1, 3]);
    const inOrder = await byStep(await open(reader()), "train", [0, 1, 2, 3, 4, 5]);
    for (const [step, images] of [...early, ...late]) expect(images).toEqual(inOrder.get(step));
  });
});

describe("augmentation", () => {
  it("gives one answer per step and split, and black only at the edges", async () => {
    const [task, again] = [await open(reader(), 1), await open(reader(), 1)];
    const drawn = await draw(task, "train", 1);
    await draw(again, "val", 4);
    expect(await draw(again, "train", 1)).toEqual(drawn);
    expect(drawn.pixels.filter((v) => v === -2).length).toBeGreaterThan(0);
  });
  it("changes the pixels but not which images are drawn, and can be switched off", async () => {
    const [on, off] = [await open(reader(), 1), await open(reader(), 0)];
    const [moved, plain] = [await draw(on, "val", 2), await draw(off, "val", 2)];
    expect(moved.images).toEqual(plain.images);
    expect(moved.pixels).not.toEqual(plain.pixels);
    expect(plain.pixels.filter((v) => v === -2)).toEqual([]);
  });
});

describe("loading", () => {
  it("reports every shard, opens after the first and stops when disposed", async () => {
    const seen: Progress[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const task = await open(reader({}, { "set/2.bin": gate }), 0, (p) => seen.push(p));
    expect(seen.slice(0, 2).map(({ done }) => done)).toEqual([0, 1]);
    await draw(task, "train", 1);
    expect(seen.map(({ done, total, what }) => [what, done, total])).toEqual([
      ["data", 0, 3],
      ["data", 1, 3],
      ["data", 2, 3],
    ]);
    task.dispose();
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen.length).toBe(3);
  });
  it("throws what broke a shard behind the search once a draw needs it, every time", async () => {
    const damaged = (files.get("set/1.bin") as Uint8Array).map((b, i) => (i === 9 ? b ^ 4 : b));
    const task = await open(reader({ "set/1.bin": damaged }));
    await draw(task, "train", 0);
    // Long enough for a rejection that nobody handles to fail this test.
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const _ of [1, 2]) {
      const wanted = draw(task, "train", 1);
      await expect(wanted).rejects.toThrow(DatasetError);
      await expect(wanted).rejects.toThrow(
        `set/1.bin is damaged: expected ${damaged.length} bytes with SHA-256 ${entries[1]?.sha256}, ` +
          `found ${damaged.length} bytes with SHA-256 ${checksum(damaged)}`,
      );
    }
    expect((await draw(task, "train", 2)).images.every((i) => i >= 20)).toBe(true);
    expect((await draw(await open(reader()), "train", 1)).images.length).toBe(4);
  });
  it.each([
    ["0.bin", `SHA-256 ${entries[0]?.sha256}`],
    ["manifest.json", "a manifest"],
  ])("names a missing %s and what was expected", async (name, expected) => {
    const opening = open(reader({ [`set/${name}`]: undefined }));
    await expect(opening).rejects.toThrow(DatasetError);
    await expect(opening).rejects.toThrow(
      `set/${name} cannot be read: expected ${expected}, found none (no such file)`,
    );
  });
  it("refuses a set of another size", async () => {
    const other = { ...manifest, classes: ["a", "b", "c"] };
    const bytes = new TextEncoder().encode(JSON.stringify(other));
    await expect(open(reader({ "set/manifest.json": bytes }))).rejects.toThrow(
      "set/manifest.json describes 3 classes at 8 pixels; this task needs 2 at 8",
    );
  });
});

/** @file Images of one's own: who is in which part, what a batch holds, and what is refused. */
import { beforeAll, describe, expect, it } from "vitest";
import type { OwnImages } from "../../protocol/own-images.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { DatasetError } from "../errors.ts";
import type { Batch, Task } from "../problem.ts";
import { ownImagesTask } from "./own-images.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const area = 16 * 16 * 3;
/** The classes take turns; every byte of image i is i. */
const set = (count: number, classes: readonly string[] = ["cats", "dogs"]): OwnImages => ({
  name: "pets",
  classes,
  labels: Uint8Array.from({ length: count }, (_, i) => i % classes.length).buffer,
  pixels: Uint8Array.from({ length: count * area }, (_, i) => Math.floor(i / area)).buffer,
});
const read = () => Promise.reject(new Error("nothing is read"));
const open = (images = set(60), augment = 0): Promise<Task> =>
  ownImagesTask(images).open(read, { augment });
/** What no scaling hides: which of a batch's images are which, by rank of their first value, and their labels. */
const firsts = async (batch: Batch | undefined) => {
  if (!batch) throw new Error("no batch");
  const x = await batch.x.data();
  const labels = Array.from(await batch.y.data());
  return labels.map((label, i) => ({ label, value: x[i * area] as number }));
};

it("puts every image in one part, with the set's proportions in each", async () => {
  const task = await open();
  const parts = [
    await firsts(await task.inOrder?.("train", 0, 24)),
    await firsts(await task.inOrder?.("val", 0, 24)),
    await firsts(await task.heldOut?.(0, 12)),
  ];
  expect(new Set(parts.flat().map(({ value }) => value)).size).toBe(60);
  for (const part of parts)
    expect(part.filter(({ label }) => label === 0).length).toBe(part.length / 2);
  const byValue = parts.flat().toSorted((a, b) => a.value - b.value);
  expect(byValue.map(({ label }) => label)).toEqual(byValue.map((_, i) => i % 2));
  expect(await task.inOrder?.("train", 1, 24)).toBeUndefined();
});

it("mixes the classes of a part, and scales its values to mean 0", async () => {
  const task = await open();
  const all = [
    ...(await firsts(await task.inOrder?.("train", 0, 24))),
    ...(await firsts(await task.inOrder?.("val", 0, 24))),
  ];
  const changes = all.filter(({ label }, i) => i > 0 && label !== all[i - 1]?.label).length;
  expect(changes).toBeGreaterThan(10);
  const mean = all.reduce((sum, { value }) => sum + value, 0) / all.length;
  expect(mean).toBeCloseTo(0, 4);
});

it("draws the same batch for the same draw, and moves images if asked to", async () => {
  const draw = { step: 3, size: 8, rng: createRng(1) };
  const [still, again, moved] = [await open(), await open(), await open(set(60), 1)];
  const values = async (task: Task) => Array.from(await task.sample("train", draw).x.data());
  expect(await values(again)).toEqual(await values(still));
  expect(await values(moved)).not.toEqual(await values(still));
});

it("is named by its very content", () => {
  const id = (images: OwnImages) => ownImagesTask(images).id;
  expect(id(set(60))).toMatch(/^images-[0-9a-f]{8}$/);
  expect(id({ ...set(60), name: "others" })).toBe(id(set(60)));
  expect(id(set(62))).not.toBe(id(set(60)));
  expect(id(set(60, ["cats", "cows"]))).not.toBe(id(set(60)));
});

it("stands images of one colour", async () => {
  const grey = { ...set(60), pixels: new Uint8Array(60 * area).buffer };
  const [first] = await firsts(await (await open(grey)).inOrder?.("train", 0, 24));
  expect(first?.value).toBe(0);
});

describe("what is refused", () => {
  const refused: readonly (readonly [string, OwnImages, RegExp])[] = [
    ["one class", set(60, ["cats"]), /^pets has 1 classes; 2 to 100 are allowed$/],
    ["too many images", set(20_001), /^pets has 20,001 images; at most 20,000 are allowed$/],
    [
      "a class with few",
      { ...set(60), labels: new Uint8Array(60).fill(1, 0, 7).buffer },
      /^class dogs of pets has too few images: 7; at least 12 are needed$/,
    ],
    [
      "pixels cut off",
      { ...set(60), pixels: new ArrayBuffer(5) },
      /^pets has 5 bytes of pixels; 60 images need 46,080$/,
    ],
    [
      "a strange label",
      { ...set(60), labels: new Uint8Array(60).fill(9).buffer },
      /^pets has a label 9; 0 to 1 are allowed$/,
    ],
  ];
  it.each(refused)("%s", (_, images, message) => {
    expect(() => ownImagesTask(images)).toThrow(DatasetError);
    expect(() => ownImagesTask(images)).toThrow(message);
  });
});

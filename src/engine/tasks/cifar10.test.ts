import { readdirSync, readFileSync } from "node:fs";
import { tidy, zeros } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { encodeShard } from "../../../scripts/datasets/encode-shard.ts";
import { channelStatistics } from "../../../scripts/datasets/images.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { cifar10 } from "./cifar10.ts";
import { parseManifest } from "./formats/manifest.ts";
import { readShard } from "./formats/shard.ts";

const folder = new URL("../../../public/datasets/cifar10/", import.meta.url);
const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(file, folder)));
const text = (file: string) => readFileSync(new URL(file, folder), "utf8");
const manifest = parseManifest("manifest.json", text("manifest.json"));
const decode = (split: "train" | "test") =>
  manifest[split].map((entry) => readShard(entry.file, bytesOf(entry.file), entry, manifest.size));
const countsOf = (labels: Uint8Array) =>
  manifest.classes.map((_, c) => labels.filter((label) => label === c).length);

describe("the images in the repository", () => {
  const shards = { train: decode("train"), test: decode("test") };

  it("fit their limits, and the folder holds nothing else", () => {
    const entries = [...manifest.train, ...manifest.test];
    const names = [...entries.map(({ file }) => file), "manifest.json", "README.md"];
    expect(readdirSync(folder).sort()).toEqual(names.sort());
    const sizes = names.map((name) => bytesOf(name).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_300_000);
    expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(8_000_000);
  });
  it.each([
    ["train", 1000],
    ["test", 200],
  ] as const)("hold as many %s images of every class", (split, perClass) => {
    const labels = shards[split].flatMap((shard) => [...shard.labels]);
    expect(countsOf(Uint8Array.from(labels))).toEqual(Array(10).fill(perClass));
  });
  it("hold every class equally often in both halves of every training shard", () => {
    for (const { labels } of shards.train) {
      const half = labels.length / 2;
      expect(countsOf(labels.subarray(0, half))).toEqual(Array(10).fill(half / 10));
      expect(countsOf(labels.subarray(half))).toEqual(Array(10).fill(half / 10));
    }
  });
  it("have the mean and deviation that the manifest states", () => {
    const { mean, std } = manifest;
    expect(channelStatistics(shards.train)).toEqual({ mean, std });
  });
  it("give the same bytes when encoded again", () => {
    const { file } = manifest.test[1] as (typeof manifest.test)[number];
    expect(encodeShard(shards.test[1] as (typeof shards.test)[number], 16)).toEqual(bytesOf(file));
  });
  it("are listed in the README with size and checksum", () => {
    const readme = text("README.md");
    for (const { file, count, bytes, sha256 } of [...manifest.train, ...manifest.test]) {
      const [images, size] = [count, bytes].map((n) => n.toLocaleString("en-US"));
      expect(readme).toContain(`| \`${file}\` | ${images} | ${size} | \`${sha256}\` |`);
    }
  });
});

it("opens, draws a batch and scores it at chance for equal logits, without touching test images", async () => {
  await selectBackend("cpu");
  const read: string[] = [];
  const task = await cifar10.open(
    async (path) => {
      read.push(path);
      return bytesOf(path.replace("datasets/cifar10/", "")).slice().buffer;
    },
    { augment: 1 },
  );
  const draw = { step: 200, size: 64, rng: createRng(1) };
  await task.prepare?.(draw);
  tidy(() => {
    const batch = task.sample("val", draw);
    expect(batch.x.shape).toEqual([64, 16, 16, 3]);
    expect(task.loss(zeros([64, 10]), batch).dataSync()[0]).toBeCloseTo(Math.log(10), 5);
  });
  task.dispose();
  expect(read.filter((path) => path.includes("test"))).toEqual([]);
});

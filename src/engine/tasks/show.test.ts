/** @file What a task shows of a draw is what it samples. */
import { beforeAll, expect, it } from "vitest";
import { letters } from "../../../test/support/letters.ts";
import { read } from "../../../test/support/specs.ts";
import { ownImageLimits } from "../../protocol/own-images.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { ownImagesTask } from "./own-images.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const { size } = ownImageLimits;
const each = 60;
function images() {
  const labels = Uint8Array.from({ length: 2 * each }, (_, i) => Number(i >= each));
  const noise = createRng(4).uniform(labels.length * size * size * 3);
  const pixels = Uint8Array.from(noise, (u) => Math.floor(u * 255.99));
  return { name: "Pets", classes: ["cat", "dog"], labels: labels.buffer, pixels: pixels.buffer };
}

it.each([0, 1])(
  "shows images as the network sees them, with their classes; augmentation %i",
  async (augment) => {
    const task = await ownImagesTask(images()).open(read, { augment });
    const draw = { step: 3, size: 8, rng: createRng(1) };
    for (const split of ["train", "val"] as const) {
      const shown = task.show?.(split, draw);
      if (shown?.kind !== "images") throw new Error("images are expected");
      const { x, y } = task.sample(split, draw);
      const [seen, labels] = [await x.data(), await y.data()];
      expect(shown.size).toBe(size);
      expect(shown.classes).toEqual(Array.from(labels, (l) => ["cat", "dog"][l]));
      // Normalising is one straight line per channel: equal bytes are equal numbers, and brighter is larger.
      for (let c = 0; c < 3; c++) {
        const pairs = Array.from(shown.pixels, (v, i) => [v, seen[i] as number] as const)
          .filter((_, i) => i % 3 === c)
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        for (const [i, [v, s]] of pairs.entries()) {
          const [v0, s0] = pairs[i - 1] ?? [v, s];
          if (v === v0) expect(s).toBe(s0);
          else expect(s).toBeGreaterThan(s0);
        }
      }
    }
    // Of 60 images a class, 10 are for tests and 25 for either half.
    expect(task.epoch?.(8)).toBe(6);
    task.dispose();
  },
);

it("shows the window that is read, and the character after it", async () => {
  const task = await letters.open(read, {});
  const draw = { step: 2, size: 5, rng: createRng(1) };
  const shown = task.show?.("val", draw);
  if (shown?.kind !== "texts") throw new Error("texts are expected");
  const { x, y } = task.sample("val", draw);
  const [tokens, next] = [await x.data(), await y.data()];
  const spell = (t: number) => "\nabcd"[t] ?? "";
  shown.texts.forEach((text, i) => {
    const window = [...tokens.slice(3 * i, 3 * i + 3), next[3 * i + 2] as number];
    expect(text).toBe(window.map(spell).join(""));
  });
  // 60 characters, 5 windows of 3 a batch.
  expect(task.epoch?.(5)).toBe(4);
});

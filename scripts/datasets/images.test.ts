import { expect, it } from "vitest";
import { boxAverage, channelStatistics, roundRobin } from "./images.ts";

it("averages each 2×2 box per channel and rounds halves up", () => {
  // Red boxes of a 4×4 image sum to 1, 2, 6 and 1020; green is constant; blue stays 0.
  const red = [0, 0, 0, 1, 1, 0, 0, 1, 3, 3, 255, 255, 0, 0, 255, 255];
  const image = Uint8Array.from(red.flatMap((r) => [r, 7, 0]));
  expect([...boxAverage(image, 4, 2)]).toEqual([0, 7, 0, 1, 7, 0, 2, 7, 0, 255, 7, 0]);
});

it("averages 4×4 boxes to a quarter and leaves the full size alone", () => {
  const image = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => i);
  expect(boxAverage(image, 8, 8)).toEqual(image);
  const first = [0, 1, 2, 3].flatMap((y) =>
    [0, 1, 2, 3].map((x) => image[(y * 8 + x) * 3] as number),
  );
  const mean = first.reduce((a, b) => a + b) / 16;
  expect(boxAverage(image, 8, 2)[0]).toBe(Math.floor(mean + 0.5));
  expect(() => boxAverage(image, 8, 3)).toThrow("8 pixels cannot be averaged to 3");
});

it("takes the first of each class in order, round-robin", () => {
  expect(roundRobin([1, 1, 0, 1, 0, 0], 2, 2)).toEqual([2, 0, 4, 1]);
  expect(() => roundRobin([1, 1, 0], 2, 2)).toThrow("class 0 has 1 images, not 2");
});

it("computes mean and deviation per channel over all shards", () => {
  const shard = (...pixels: number[]) => ({
    labels: Uint8Array.of(0),
    pixels: Uint8Array.from(pixels),
  });
  const { mean, std } = channelStatistics([shard(0, 51, 255), shard(255, 51, 0)]);
  expect(mean).toEqual([0.5, 0.2, 0.5]);
  expect(std).toEqual([0.5, 0, 0.5]);
});

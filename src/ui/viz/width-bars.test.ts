/** @file Channel scores as bars. */
import { expect, it } from "vitest";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { widthBars } from "./width-bars.ts";

const layer = (name: string, width: number): AlphaGroup => ({
  name,
  kind: "gate",
  nodes: width + 1,
  inputs: 1,
  edges: Array.from({ length: width }, (_, c) => ({ from: 0, to: c + 1 })),
  ops: ["channel"],
});
const groups = [layer("stage1", 2), layer("stage1.block1", 3)];
const alpha = { stage1: Float32Array.of(2, -1), "stage1.block1": Float32Array.of(0.5, -0.25, 0) };

it("measures every bar against the tallest of all, whatever its sign", () => {
  const bars = widthBars(groups, alpha, 0.4);
  expect(bars?.layers.map(({ heights }) => heights)).toEqual([
    [1, 0.5],
    [0.25, 0.125, 0],
  ]);
  expect(bars).toMatchObject({ top: 2, threshold: 0.5, line: 0.25, sizes: "2:1" });
  expect(bars?.layers[1]?.isKept).toEqual([true, false, false]);
});
it("prunes nothing at quantile 0", () => {
  expect(widthBars(groups, alpha, 0)).toMatchObject({ line: 0, sizes: "2:3" });
});
it("waits for every layer's α", () => {
  expect(widthBars(groups, undefined, 0.4)).toBeUndefined();
  expect(widthBars(groups, { ...alpha, stage1: Float32Array.of(1) }, 0.4)).toBeUndefined();
});

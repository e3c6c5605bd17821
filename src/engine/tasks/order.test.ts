import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { SpecError } from "../errors.ts";
import { createOrder, pick } from "./order.ts";

const blocks = [6, 4, 10];
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const ascending = (a: number, b: number) => a - b;
const draws = (size: number, from: number, to: number, seed = 1) => {
  const order = createOrder(blocks);
  const rng = createRng(seed);
  return upTo(to - from).map((i) => [...order("train", { step: from + i, size, rng })]);
};

describe("an epoch", () => {
  it("is a permutation, and another one each time", () => {
    const epochs = [0, 1, 2].map((e) => draws(5, 4 * e, 4 * e + 4).flat());
    for (const epoch of epochs) expect(epoch.toSorted(ascending)).toEqual(upTo(20));
    expect(new Set(epochs.map(String)).size).toBe(3);
  });
  it("visits block after block at first, each one shuffled, and mixes them later", () => {
    const first = draws(5, 0, 4).flat();
    expect(first.slice(0, 6).toSorted(ascending)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(first.slice(6, 10).toSorted(ascending)).toEqual([6, 7, 8, 9]);
    expect(first.slice(10)).not.toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(
      draws(5, 4, 8)
        .flat()
        .slice(0, 6)
        .some((i) => i >= 6),
    ).toBe(true);
  });
  it("skips what its last full batch leaves over", () => {
    const [first, second] = [draws(6, 0, 3).flat(), draws(6, 3, 6).flat()];
    for (const epoch of [first, second]) expect(new Set(epoch).size).toBe(18);
    expect(second).toEqual(draws(5, 4, 8).flat().slice(0, 18));
  });
});

it("depends on split, step, size and seed alone, whatever was drawn before", () => {
  const order = createOrder(blocks);
  const at = (split: "train" | "val", step: number, seed: number) => [
    ...order(split, { step, size: 5, rng: createRng(seed) }),
  ];
  const fresh = at("train", 9, 1);
  at("val", 3, 2);
  at("train", 0, 1);
  expect(at("train", 9, 1)).toEqual(fresh);
  expect(at("train", 9, 2)).not.toEqual(fresh);
  expect(at("val", 9, 1)).not.toEqual(fresh);
  expect(createOrder(blocks)("train", { step: 9, size: 5, rng: createRng(1) })).toEqual(
    Uint32Array.from(fresh),
  );
});

it("refuses a batch that is larger than an epoch", () => {
  const draw = { step: 0, size: 21, rng: createRng(1) };
  expect(() => createOrder(blocks)("val", draw)).toThrow(SpecError);
  expect(() => createOrder(blocks)("val", draw)).toThrow("batchSize = 21 is above 20");
});

it("picks a valid index even where a uniform number was rounded up to 1", () => {
  expect([0, 0.49, 0.5, 1].map((u) => pick(u, 2))).toEqual([0, 0, 1, 1]);
});

/** @file Search steps that PyTorch computed in double precision, against ours: what `npm run parity` tells of any such file. */
import { readFileSync } from "node:fs";
import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { compareHere } from "../scripts/parity/engines.ts";
import { type ConvFixture, readFixture } from "../scripts/parity/fixture.ts";
import { errorOf } from "../scripts/parity/measure.ts";
import { holds, table } from "../scripts/parity/table.ts";

const files = ["parity-conv-c4-cells3-nodes2.json", "parity-recurrent-h8-nodes3.json"] as const;
const textOf = (file: string) =>
  readFileSync(new URL(`./fixtures/${file}`, import.meta.url), "utf8");
/** Far below what `npm run parity` allows for sizes that nobody has tried. */
const tolerance = (quantity: string): number => (quantity.includes("second") ? 1e-3 : 1e-5);

// The plain loops of the recurrent cell are what tfjs's cpu backend runs; other networks run there as the reference does.
it.each([
  [files[0], "reference"],
  [files[0], "wasm"],
  [files[1], "reference"],
  [files[1], "cpu"],
  [files[1], "wasm"],
] as const)("%s holds on %s", async (file, engine) => {
  const before = memory().numTensors;
  const rows = await compareHere(textOf(file), file, engine);
  for (const { quantity, error } of rows)
    expect(error ?? Number.NaN, quantity).toBeLessThan(tolerance(quantity));
  expect(rows.length).toBeGreaterThanOrEqual(4);
  expect(memory().numTensors).toBe(before);
});

describe("a parity file", () => {
  const [conv, recurrent] = files;
  /** The file with one value replaced, its path as keys. */
  const edited = (file: string, value: unknown, ...path: string[]): string => {
    const root = JSON.parse(textOf(file));
    let at = root;
    for (const key of path.slice(0, -1)) at = at[key];
    at[path.at(-1) as string] = value;
    return JSON.stringify(root);
  };
  const half = { shape: [2], f32: "AAAAAAAA" };

  it("tells second order from first by more than its tolerance", () => {
    const { expect: figures } = readFixture(textOf(conv), conv) as ConvFixture;
    const [first, second] = [figures.firstOrder, figures.secondOrder.alpha].map((named) =>
      Object.values(named).flatMap(({ values }) => [...values]),
    );
    expect(errorOf(first ?? [], second ?? [])).toBeGreaterThan(0.02);
  });
  it("fails where a figure is wrong", async () => {
    const text = edited(recurrent, 2.4, "expect", "loss");
    const rows = await compareHere(text, recurrent, "wasm");
    expect(rows.filter((row) => !holds(row)).map(({ quantity }) => quantity)).toEqual(["loss"]);
    expect(table({ file: recurrent, engine: "wasm", rows })).toContain("EXCEEDED");
  });
  it("does not pass what is not a number", () => {
    expect(errorOf([Number.NaN, 1], [1, 1])).toBeNaN();
    expect(holds({ quantity: "x", tolerance: 1, error: Number.NaN })).toBe(false);
  });

  it.each([
    ["no JSON", "{", "file.json is no JSON"],
    ["nothing", "{}", '"space" must be a string; it is missing'],
    ["another space", edited(conv, "nb201", "space"), '"darts-conv" or "darts-recurrent"'],
    [
      "a missing size",
      edited(conv, undefined, "config", "cells"),
      '"config.cells" must be a whole',
    ],
    ["a missing figure", edited(conv, null, "expect", "rarts"), '"expect.rarts" must be an object'],
    ["too few bytes", edited(conv, half, "weights", "fc_b"), '"weights.fc_b" must be (2) float32'],
    [
      "no base64",
      edited(conv, { shape: [1], f32: "*" }, "weights", "fc_b"),
      '"weights.fc_b.f32" must be base64',
    ],
    [
      "weights of another network",
      edited(conv, 3, "config", "nodes"),
      '"alpha.normal" is (5,8); the network here has (9,8)',
    ],
    ["a weight too many", edited(recurrent, half, "weights", "x"), "must be (2) float32"],
    ["a wrong shape", edited(recurrent, 2, "config", "nodes"), '"alpha.recurrent" is (6,5)'],
    ["a label beyond", edited(conv, [0, 1, 2, 10], "train", "labels"), "has 10; there are 10"],
    ["too few labels", edited(conv, [0, 1, 2], "train", "labels"), "has 3 numbers, not 4"],
    [
      "other columns of α",
      edited(recurrent, ["none", "relu", "tanh", "sigmoid", "identity"], "operations"),
      "its operations are none, relu",
    ],
  ])("that has %s says so", async (_, text, message) => {
    await expect(compareHere(text, "file.json", "wasm")).rejects.toThrow(message);
  });
});

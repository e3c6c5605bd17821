/** @file What a run refuses, and what it says. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { make, plainSgd, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const toy = specOf("darts", "toy", "toy");

it("names the bad hyper-parameter, its value and its range", async () => {
  using run = await make(toy);
  expect(() => run.tune({ hyper: { nope: 1 } })).toThrow(
    'no hyper-parameter "nope"; there are xi, tied, momentum',
  );
  expect(() => run.tune({ hyper: { xi: 9 } })).toThrow("xi = 9 is outside [0, 1]");
  expect(() => run.tune({ weightOptimizer: plainSgd(99) })).toThrow("lr = 99 is outside");
  expect(run.spec.hyper).toMatchObject({ xi: 0 });
});
it("tunes from the next step on", async () => {
  using run = await make(toy);
  using other = await make(toy);
  expect((await run.step()).records).toEqual((await other.step()).records);
  run.tune({ hyper: { xi: 0.5 } });
  expect((await run.step()).alpha).not.toEqual((await other.step()).alpha);
});
it.each([
  [
    { method: "dart" },
    'no method "dart"; there are darts, rarts, edas, milenas, gdas, random, rsps',
  ],
  [{ method: "edas" }, 'method "edas" cannot search space "toy"'],
  [{ task: "blobs" }, 'space "toy" cannot serve task "blobs"'],
  [{ seed: -1 }, "seed = -1 is outside [0, 4294967295]"],
  [{ batchSize: 1.5 }, "batchSize = 1.5 is not a whole number"],
  [{ spaceHyper: { alpha0: 11 } }, "alpha0 = 11 is outside [-10, 10]"],
])("refuses a spec with %o", async (patch, message) => {
  const before = memory().numTensors;
  await expect(make({ ...toy, ...patch })).rejects.toThrow(message);
  expect(memory().numTensors).toBe(before);
});
it("ends a diverging run with the step's number, and keeps the steps before", async () => {
  const wild = { ...toy, steps: 2000, weightOptimizer: plainSgd(2), alphaOptimizer: plainSgd(2) };
  using run = await make(wild);
  const reached = await run.step(500);
  expect(reached.records.length).toBeGreaterThan(5);
  for (const { trainLoss } of reached.records) expect(trainLoss).toBeLessThan(Infinity);
  using again = await make(wild);
  expect(reached.alpha).toEqual((await again.step(reached.records.length)).alpha);
  await expect(run.step()).rejects.toThrow(`step ${reached.records.length} diverged`);
});
it.each([
  ["no header", new ArrayBuffer(2)],
  ["a cut end", undefined],
])("refuses a checkpoint with %s and frees what it made", async (_, bytes) => {
  using run = await make(toy);
  const given = bytes ?? (await run.checkpoint()).slice(0, -4);
  const before = memory().numTensors;
  await expect(make(toy, given)).rejects.toThrow(/checkpoint/);
  expect(memory().numTensors).toBe(before);
});
it("refuses another method's checkpoint", async () => {
  using run = await make(toy);
  const bytes = await run.checkpoint();
  await expect(make({ ...toy, method: "rarts" }, bytes)).rejects.toThrow(
    "checkpoint has /valWeights/w as (nothing)",
  );
});

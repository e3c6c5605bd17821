/** @file Accuracy over the validation half: the same on compiled networks and on the reference, and harmless. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const spec = specOf("darts", "darts-conv", "blobs");

it("counts the same right answers on both executors, in full batches", async () => {
  const before = memory().numTensors;
  {
    using fast = await make(spec);
    using slow = await make(spec, undefined, bindReference);
    const [a, b] = [await fast.evaluate(), await slow.evaluate()];
    expect(a.examples).toBe(8);
    expect(a.accuracy).toBe(b.accuracy);
    expect(a.loss).toBeCloseTo(b.loss, 5);
    expect(a.accuracy * 8).toBe(Math.round(a.accuracy * 8));
  }
  expect(memory().numTensors).toBe(before);
});
it("does not move the run", async () => {
  using watched = await make(spec);
  using other = await make(spec);
  await watched.evaluate();
  expect((await watched.step(2)).records).toEqual((await other.step(2)).records);
});
it("says where there is nothing to be right about", async () => {
  using run = await make(specOf("darts", "toy", "toy"));
  await expect(run.evaluate()).rejects.toThrow("accuracy needs a task with labels");
});

/** @file Cures on real networks: the same on compiled networks and on the reference, and the same after a checkpoint. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const cures = { auxiliarySkip: 0.7, dropPath: 0.6, skipDropout: 0.5 };

describe.each([
  ["darts", "darts-conv", "blobs", { xi: 0.01 }],
  ["edas", "darts-conv", "blobs", { warmup: 0 }],
  ["rarts", "nb201", "blobs", {}],
  ["gdas", "collapse", "blobs", {}],
  ["darts", "recurrent", "letters", {}],
] as const)("%s on %s", (method, space, task, hyper) => {
  const plain = { ...specOf(method, space, task), hyper };
  const spec = { ...plain, hyper: { ...hyper, ...cures } };
  it("computes what the reference does, and something else than without", async () => {
    using fast = await make(spec);
    using slow = await make(spec, undefined, bindReference);
    using without = await make(plain);
    const [a, b, c] = [await fast.step(3), await slow.step(3), await without.step(3)];
    for (const [i, { trainLoss, valLoss }] of a.records.entries()) {
      expect(trainLoss).toBeCloseTo(b.records[i]?.trainLoss as number, 4);
      expect(valLoss).toBeCloseTo(b.records[i]?.valLoss as number, 4);
    }
    expect(a.records).not.toEqual(c.records);
  });
  it("goes on from a checkpoint to the last bit, and leaks nothing", async () => {
    const before = memory().numTensors;
    {
      using whole = await make(spec);
      const all = await whole.step(4);
      using first = await make(spec);
      await first.step(2);
      using rest = await make(spec, await first.checkpoint());
      expect((await rest.step(2)).alpha).toEqual(all.alpha);
    }
    expect(memory().numTensors).toBe(before);
  });
});

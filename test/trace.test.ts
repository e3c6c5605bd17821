/** @file A burst tells α after every one of its steps, to the last bit, and where the genotype changes. */
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

it.each([
  ["toy", "toy"],
  ["darts-conv", "blobs"],
])("alpha of %s after each step of one burst is that of single steps", async (space, task) => {
  const spec = { ...specOf("darts", space, task), steps: 12 };
  using atOnce = await make(spec);
  using oneByOne = await make(spec);
  const before = await oneByOne.step(0);
  const burst = await atOnce.step(12);
  let genotype = before.genotype;
  const changes = [];
  for (let i = 0; i < 12; i++) {
    const single = await oneByOne.step(1);
    for (const [name, alpha] of Object.entries(single.alpha)) {
      const row = burst.trace[name]?.subarray(i * alpha.length, (i + 1) * alpha.length);
      expect(row).toEqual(alpha);
      expect(single.trace[name]).toEqual(alpha);
    }
    if (single.genotype.text !== genotype.text)
      changes.push({ steps: i + 1, genotype: single.genotype });
    genotype = single.genotype;
  }
  expect(burst.changes).toEqual(changes);
  expect(burst.genotype).toEqual(genotype);
  if (space === "toy") expect(burst.changes).toHaveLength(12);
});

it("a burst that only looks has no rows", async () => {
  using run = await make(specOf("darts", "toy", "toy"));
  const { trace, changes } = await run.step(0);
  expect(trace).toEqual({ alpha: new Float32Array(0) });
  expect(changes).toEqual([]);
});

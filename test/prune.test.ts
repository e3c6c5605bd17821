/** @file A search's checkpoint becomes a smaller network's run: what it starts from, and what it refuses. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { pruneRun } from "../src/engine/index.ts";
import { make, registry, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const base = specOf("rarts", "width", "blobs");
const spec = { ...base, spaceHyper: { stages: 2, blocks: 1, channels: 4, prune: 0.5 } };

it("goes on with the weights it keeps, and leaks nothing", async () => {
  const before = memory().numTensors;
  {
    using search = await make({ ...spec, steps: 30, batchSize: 8 });
    const { genotype } = await search.step(30);
    const by = { criterion: "alpha", steps: 10 } as const;
    const bytes = await search.checkpoint();
    const pruned = await pruneRun(search.spec, bytes, by, registry);
    expect(pruned.spec).toMatchObject({ method: "fixed", genotype: genotype.text, steps: 10 });
    expect(pruned.networks.to.weightCount).toBeLessThan(pruned.networks.from.weightCount);
    using tuned = await make(pruned.spec, pruned.checkpoint);
    using fresh = await make(pruned.spec);
    expect((await tuned.step(0)).genotype.text).toBe(genotype.text);
    const [warm, cold] = [await tuned.step(1), await fresh.step(1)];
    expect(warm.records[0]?.trainLoss).toBeLessThan(0.8 * (cold.records[0]?.trainLoss as number));
  }
  expect(memory().numTensors).toBe(before);
});
it("refuses spaces without parts to take over", async () => {
  using search = await make(specOf("darts", "nb201", "blobs"));
  const by = { criterion: "alpha", steps: 2 } as const;
  const bytes = await search.checkpoint();
  await expect(pruneRun(search.spec, bytes, by, registry)).rejects.toThrow(
    'space "nb201" has nothing to prune',
  );
});

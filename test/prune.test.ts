/** @file A search's checkpoint becomes a smaller network's run: what it starts from, and what it refuses. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { fineTuneLines } from "../src/cli/fine-tune.ts";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindWasm } from "../src/engine/bind/wasm.ts";
import { networkSize, pruneRun, type Registry } from "../src/engine/index.ts";
import { make, read, registry, specOf } from "./support/specs.ts";

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
    const { pruned: _, ...scratch } = pruned.spec;
    using fresh = await make(scratch);
    expect((await tuned.step(0)).genotype.text).toBe(genotype.text);
    expect(tuned.size).toEqual(networkSize(pruned.networks.to));
    expect(search.size).toEqual(networkSize(pruned.networks.from));
    expect(tuned.size.multiplyAdds).toBeLessThan(search.size.multiplyAdds as number);
    const [warm, cold] = [await tuned.step(1), await fresh.step(1)];
    expect(warm.records[0]?.trainLoss).toBeLessThan(0.8 * (cold.records[0]?.trainLoss as number));
  }
  expect(memory().numTensors).toBe(before);
});
it("prunes another share than the search's own, if that is asked for", async () => {
  using search = await make({ ...spec, steps: 2 });
  await search.step(2);
  const bytes = await search.checkpoint();
  const left = async (quantile?: number) => {
    const by = {
      criterion: "alpha" as const,
      steps: 1,
      ...(quantile !== undefined && { quantile }),
    };
    return (await pruneRun(search.spec, bytes, by, registry)).networks.to.weightCount;
  };
  expect(await left(0.5)).toBe(await left());
  expect(await left(0)).toBeGreaterThan(await left());
});
it("cannot begin without the weights that it kept", async () => {
  using search = await make({ ...spec, steps: 2 });
  const by = { criterion: "alpha", steps: 3 } as const;
  const pruned = await pruneRun(search.spec, await search.checkpoint(), by, registry);
  expect(pruned.spec.pruned).toBe(true);
  await expect(make(pruned.spec)).rejects.toThrow("the weights of a pruned search");
});
it("refuses spaces without parts to take over", async () => {
  using search = await make(specOf("darts", "nb201", "blobs"));
  const by = { criterion: "alpha", steps: 2 } as const;
  const bytes = await search.checkpoint();
  await expect(pruneRun(search.spec, bytes, by, registry)).rejects.toThrow(
    'space "nb201" has nothing to prune',
  );
});
/** The made-up images hold no test examples; here the other half stands in for them. */
const withTestExamples: Registry = {
  ...registry,
  tasks: registry.tasks.map((definition) => ({
    ...definition,
    async open(...args) {
      const task = await definition.open(...args);
      const heldOut = async (index: number, size: number) => task.inOrder?.("val", index, size);
      return { ...task, heldOut };
    },
  })),
};
it("compares criteria at the parameters that the first one leaves", async () => {
  using search = await make({ ...spec, steps: 6 });
  await search.step(6);
  const options = { registry: withTestExamples, read, bind: bindWasm };
  const asked = { steps: 2, criteria: ["alpha", "magnitude", "uniform"] } as const;
  const lines = [];
  for await (const line of fineTuneLines(search, options, asked, true))
    lines.push(JSON.parse(line));
  const [whole, ...left] = lines;
  expect(left.map(({ pruned }) => pruned)).toEqual(asked.criteria);
  for (const { parameters, multiplyAdds, after } of left) {
    expect(parameters).toBeLessThanOrEqual(left[0].parameters);
    expect(parameters).toBeLessThan(whole.search.parameters);
    expect(multiplyAdds).toBeLessThan(whole.search.multiplyAdds);
    expect(after.examples).toBeGreaterThan(0);
  }
});

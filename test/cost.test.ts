/** @file What a run says beforehand that it will need. */
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { bindWasmOn } from "../src/engine/bind/wasm.ts";
import { make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
// Large enough for its passes to outweigh the arithmetic around them.
const sizes = { batchSize: 16, spaceHyper: { cells: 2, channels: 12, nodes: 2 } };
const spec = { ...specOf("darts", "darts-conv", "blobs"), ...sizes };

it.each([
  [1, 1],
  [2, 2],
])("counts more passes as more time, and on %i threads memory for %i", async (threads, points) => {
  using first = await make(spec, undefined, bindWasmOn(threads));
  using second = await make({ ...spec, hyper: { xi: 0.1 } }, undefined, bindWasmOn(threads));
  const [one, two] = [first.cost, second.cost];
  expect(two?.bytes).toBe(points * (one?.bytes ?? 0));
  const ratio = (two?.msPerStep ?? 0) / (one?.msPerStep ?? 1);
  expect(ratio).toBeGreaterThan(2);
  expect(ratio).toBeLessThan(5);
});
// What is measured is slower on a busy machine, and may need another try.
it("counts only the candidates that a step will run, and nothing where it cannot tell", {
  retry: 2,
}, async () => {
  using all = await make(spec);
  using drawn = await make({ ...specOf("edas", "darts-conv", "blobs"), ...sizes });
  expect(drawn.cost?.msPerStep).toBeLessThan(0.9 * (all.cost?.msPerStep ?? 0));
  using reference = await make(spec, undefined, bindReference);
  expect(reference.cost).toBeUndefined();
});
it("refuses what needs more than two gigabytes, and says what would need less", async () => {
  const huge = { ...spec, batchSize: 1024, spaceHyper: { cells: 14, channels: 36, nodes: 4 } };
  await expect(make(huge)).rejects.toThrow(
    /needs [\d.]+ GB of memory and 2 GB are allowed; fewer cells/,
  );
});

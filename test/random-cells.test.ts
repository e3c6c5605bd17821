/** @file The figures that the referee begins with are what the engine computes: one of them is computed again. */
import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { binderOf, catalog, createRun, registry } from "../src/engine/index.ts";
import { randomCells } from "../src/ui/viz/random-cells.ts";

if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

it("agrees with a training of seed 1", async () => {
  const { report, assertHealthy } = await selectBackend("wasm");
  const preset = catalog(registry).presets.find(({ id }) => id === randomCells.preset);
  if (!preset) throw new Error(`no preset ${randomCells.preset}`);
  const { steps, accuracies } = randomCells;
  const run = await createRun(
    { ...preset.settings, steps, method: "fixed", hyper: {}, seed: 1, backend: report.id },
    {
      registry,
      read: async (path) =>
        new Uint8Array(await readFile(new URL(`../public/${path}`, import.meta.url))).buffer,
      bind: binderOf(report.id, 1),
      assertHealthy,
    },
  );
  while (run.steps < run.end) await run.step();
  const { accuracy } = await run.evaluate("test");
  run.dispose();
  // Machines without fused multiply-adds round differently.
  expect(accuracy).toBeCloseTo(accuracies[0], 1);
  expect(new Set(accuracies).size).toBeGreaterThan(accuracies.length / 2);
});

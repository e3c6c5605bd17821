/**
 * @file Records what random cells of a preset are worth, for the page's referee: each seed draws a cell, which is trained
 * alone and judged on test images. `npm run random-cells -- tiny 312 100 src/ui/viz/random-cells.ts`
 */
import { readFile, writeFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { selectBackend } from "../src/engine/backend/index.ts";
import { binderOf, catalog, createRun, type ReadFile, registry } from "../src/engine/index.ts";

const [id = "tiny", steps = "312", count = "100", out = ""] = process.argv.slice(2);
const found = catalog(registry).presets.find((p) => p.id === id);
if (!found) throw new Error(`no preset "${id}"`);
const read: ReadFile = async (path) =>
  new Uint8Array(await readFile(new URL(`../public/${path}`, import.meta.url))).buffer;
// As the command line has it, so that the figures are those of `npm run search`.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
const { report, assertHealthy } = await selectBackend("wasm");
const accuracies: number[] = [];
for (let seed = 1; seed <= Number(count); seed++) {
  const spec = { ...found.settings, steps: Number(steps), method: "fixed", hyper: {}, seed };
  const options = { registry, read, bind: binderOf(report.id, 1), assertHealthy };
  const run = await createRun({ ...spec, backend: report.id }, options);
  while (run.steps < run.end) await run.step();
  accuracies.push((await run.evaluate("test")).accuracy);
  run.dispose();
  console.error(`seed ${seed}: ${accuracies.at(-1)}`);
}
await writeFile(
  out,
  `/** @file What random cells are worth, made by scripts/random-cells.ts. Cell i was drawn, and trained, with seed i + 1. */

/** Shares of right answers on test images after so many steps of training each, by the preset with its usual sizes. */
export const randomCells = {
  preset: "${id}",
  steps: ${steps},
  accuracies: [
${accuracies.map((a) => `    ${a},`).join("\n")}
  ],
} as const;
`,
);

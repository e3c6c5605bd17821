/** @file The recorded runs that come with the page are what the engine computes: the first steps of each are taken again. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { recorder } from "../scripts/lib/record-run.ts";
import { catalog, registry } from "../src/engine/index.ts";
import {
  alphaUnit,
  decodeRecording,
  lossUnit,
  type RecordingEntry,
} from "../src/ui/state/recording.ts";
import { alphaIn } from "../src/ui/viz/trace.ts";

const folder = new URL("../public/recorded/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder));
const index = JSON.parse(read("index.json").toString()) as readonly RecordingEntry[];
/** Machines without fused multiply-adds round differently; over so few steps that moves α and losses by less. */
const roundings = 2e-3;

it.each(index)("$id: a seed's first steps again", async ({ id }) => {
  const { seeds, runs } = decodeRecording(read(`${id}.bin`));
  const which = index.findIndex((entry) => entry.id === id) % seeds.length;
  const run = runs[which];
  const { trace, records } = run?.past ?? {};
  if (!run || !trace || !records) throw new Error(`${id} holds no run of seed ${seeds[which]}`);
  expect(run.spec.seed).toBe(seeds[which]);
  const steps = trace.steps[1] ?? 0;
  expect(steps).toBeGreaterThan(10);
  const { record } = await recorder();
  const again = await record(run.spec, steps, steps);
  const preset = catalog(registry).presets.find((p) => p.id === "tiny");
  expect(run.spec).toMatchObject(preset?.settings ?? { preset: "none" });
  for (const { name } of run.groups)
    for (const [entry, alpha] of (alphaIn(trace, name, 1) ?? []).entries()) {
      const now = again.past.trace && alphaIn(again.past.trace, name, 1)?.[entry];
      expect(Math.abs(alpha - (now ?? Number.NaN))).toBeLessThan(alphaUnit / 2 + roundings);
    }
  for (const [step, { trainLoss, valLoss }] of again.past.records.entries()) {
    const near = lossUnit / 2 + roundings;
    expect(Math.abs(trainLoss - (records[step]?.trainLoss ?? Number.NaN))).toBeLessThan(near);
    expect(Math.abs(valLoss - (records[step]?.valLoss ?? Number.NaN))).toBeLessThan(near);
  }
});

it("are listed as they are, and small", () => {
  let bytes = 0;
  for (const entry of index) {
    const file = read(`${entry.id}.bin`);
    bytes += file.length;
    const { groups: _, runs, ...said } = decodeRecording(file);
    expect(said).toEqual(entry);
    expect(runs).toHaveLength(entry.seeds.length);
    const ends = runs.map(({ past }) => past.changes.at(-1)?.genotype.text);
    // Seeds that all end alike would be one seed.
    expect(new Set(ends).size).toBeGreaterThan(1);
  }
  expect(bytes).toBeLessThan(150_000);
  expect(readdirSync(folder).sort()).toEqual(
    ["index.json", ...index.map(({ id }) => `${id}.bin`)].sort(),
  );
});

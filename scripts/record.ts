/**
 * @file Records searches for the page to replay: a few methods with several seeds each, on the preset Tiny as the page
 * offers it. `npm run record` takes all of them, `npm run record -- rarts edas` those that are named.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { catalog, registry } from "../src/engine/index.ts";
import type { Hyper } from "../src/protocol/spec.ts";
import { specOf } from "../src/ui/state/lanes.ts";
import { encodeRecording, type RecordingEntry } from "../src/ui/state/recording.ts";
import type { FileLane } from "../src/ui/state/run-file.ts";
import { recorder } from "./lib/record-run.ts";

interface Plan {
  readonly id: string;
  readonly label: string;
  readonly method: string;
  /** What differs from the settings that the page gives the method. */
  readonly hyper: Hyper;
}
const preset = "tiny";
/** Three passes over the images that train w, of ten: some edges are decided by then, not all. */
const steps = 936;
const plans: readonly Plan[] = [
  { id: "darts-1", label: "DARTS, first order", method: "darts", hyper: {} },
  { id: "darts-2", label: "DARTS, second order", method: "darts", hyper: { tied: 1 } },
  { id: "rarts", label: "RARTS", method: "rarts", hyper: {} },
  { id: "edas", label: "EDAS", method: "edas", hyper: {} },
  { id: "random", label: "Random", method: "random", hyper: {} },
];
const seeds = [1, 2, 3, 4, 5, 6];
const everySteps = 18;

const wanted = process.argv.slice(2);
const unknown = wanted.find((id) => !plans.some((plan) => plan.id === id));
if (unknown !== undefined)
  throw new RangeError(
    `no recording "${unknown}"; there are ${plans.map(({ id }) => id).join(", ")}`,
  );
const folder = new URL("../public/recorded/", import.meta.url);
const { version } = JSON.parse(
  await readFile(new URL("../package.json", import.meta.url), "utf8"),
) as { readonly version: string };
const { report, record } = await recorder();
await mkdir(folder, { recursive: true });
for (const plan of plans.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  const runs: FileLane[] = [];
  for (const seed of seeds) {
    runs.push(await record(specFor(plan, seed), steps, everySteps));
    console.error(`${plan.id}, seed ${seed}: ${runs.at(-1)?.past.changes.at(-1)?.genotype.text}`);
  }
  const { hyper: _, ...rest } = plan;
  const entry: RecordingEntry = {
    ...rest,
    ...{ preset, seeds, steps, app: version, backend: report.id },
    device: `${cpus()[0]?.model.trim() ?? process.arch}, one thread`,
    date: new Date().toISOString().slice(0, 10),
  };
  const bytes = encodeRecording({ ...entry, groups: runs[0]?.groups ?? [], runs });
  await writeFile(new URL(`${plan.id}.bin`, folder), bytes);
  await intoIndex(entry);
  console.error(`${plan.id}: ${(bytes.length / 1000).toFixed(1)} kB`);
}

/** What the page would ask for. */
function specFor({ method, hyper }: Plan, seed: number) {
  const setup = { preset, seed, spaceHyper: {}, taskHyper: {} };
  const lane = {
    ...{ id: "", letter: "A", runId: undefined, method, stepsAsked: 0 },
    hyper: { [method]: hyper },
    optimizers: { weights: {}, alpha: {} },
  };
  const spec = specOf(catalog(registry), setup, lane, report.id);
  if (!spec) throw new Error(`the catalog has no preset "${preset}" or no method "${method}"`);
  return spec;
}

/** In place of the line of the same recording, in the order of the plans. */
async function intoIndex(entry: RecordingEntry): Promise<void> {
  const file = new URL("index.json", folder);
  const text = await readFile(file, "utf8").catch(() => "[]");
  const others = (JSON.parse(text) as readonly RecordingEntry[]).filter((e) => e.id !== entry.id);
  const place = ({ id }: RecordingEntry) => plans.findIndex((plan) => plan.id === id);
  const all = [...others, entry].sort((a, b) => place(a) - place(b));
  await writeFile(file, `${JSON.stringify(all, undefined, 2)}\n`);
}

/** @file One search as the page will replay it: losses of every step, α and genotype now and then, and what it took. */
import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { binderOf, createRun, type ReadFile, registry } from "../../src/engine/index.ts";
import type { BackendReport } from "../../src/protocol/messages.ts";
import type { RunSpec } from "../../src/protocol/spec.ts";
import { historyOf, withBurst } from "../../src/ui/state/history.ts";
import type { FileLane } from "../../src/ui/state/run-file.ts";
import { appendTrace } from "../../src/ui/viz/trace.ts";

const read: ReadFile = async (path) =>
  new Uint8Array(await readFile(new URL(`../../public/${path}`, import.meta.url))).buffer;

/** WebAssembly with what the terminal gives it, on one thread. */
export async function recorder(): Promise<{
  readonly report: BackendReport;
  /** The first `steps` steps of a search, α and genotype after every `every` of them and at the end. */
  record(spec: RunSpec, steps: number, every: number): Promise<FileLane>;
}> {
  // Node 20 keeps fused multiply-adds behind a flag.
  if (process.versions.node.startsWith("20."))
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  const { report, assertHealthy } = await selectBackend("wasm");
  return {
    report,
    async record(spec, steps, every) {
      const options = { registry, read, bind: binderOf(report.id, 1), assertHealthy };
      using run = await createRun({ ...spec, backend: report.id }, options);
      let past = historyOf(run.spec, await run.step(0));
      while (run.steps < steps) {
        const burst = await run.step(Math.min(every, steps - run.steps));
        const { alpha, genotype } = burst;
        const trace = past.trace && appendTrace(past.trace, run.steps, 1, alpha);
        const isOther = genotype.text !== past.changes.at(-1)?.genotype.text;
        const changes = isOther ? [{ steps: run.steps, genotype }] : [];
        past = {
          ...past,
          ...withBurst({ ...past, trace: undefined }, { ...burst, changes }),
          trace,
        };
      }
      return { letter: "A", spec: run.spec, groups: run.groups, past };
    },
  };
}

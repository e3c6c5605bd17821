/** @file Times search steps of every engine on this machine, in turns: `npm run bench -- --help`. */
import { type Options, parseOptions, usage } from "./args.ts";
import { type Browser, startChromium } from "./chromium.ts";
import type { Engine, EngineId } from "./engine.ts";
import { lineUp, nameOf } from "./line-up.ts";
import { machine } from "./machine.ts";
import { openNode } from "./node.ts";
import { benchPresets } from "./presets.ts";
import { ask, remoteEngine } from "./remote.ts";
import { toJson } from "./result.ts";
import { play } from "./rounds.ts";
import { report } from "./tables.ts";
import { torchEngine, torchVersion } from "./torch.ts";

/** Progress, kept apart from results. */
const log = (line: string): void => console.error(line);

const args = process.argv.slice(2);
const parsed = parseOptions(args);
if (args.includes("--help")) console.log(usage);
else if (!parsed.ok) {
  console.error(`${parsed.reason}\n\n${usage}`);
  process.exitCode = 2;
} else {
  try {
    await main(parsed.options);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

async function main(options: Options): Promise<void> {
  const { preset, steps, json } = options;
  const { runs, resident } = benchPresets[preset];
  const ids = lineUp(options);
  if (ids.length === 0) throw new Error("these options leave nothing to measure");
  const versions = [`Node ${process.versions.node}`];
  if (ids.some(({ engine }) => engine === "torch")) versions.push(`PyTorch ${torchVersion()}`);
  const inPage = ids.some(({ host }) => host === "chromium");
  const browser = inPage ? await startChromium() : undefined;
  if (browser) versions.push(`Chromium ${browser.version}`);
  const where = machine(versions);
  try {
    const peak = ids.some(({ engine }) => engine === "wasm") ? await measurePeak() : undefined;
    const measured = await play(
      ids.map((id) => engineOf(id, options, browser)),
      { runs: options.runs ?? runs, steps, resident, log, nameOf },
    );
    if (measured.length === 0) throw new Error("no engine could be measured");
    const result = { preset, machine: where, peak, measured };
    console.log(json ? toJson(result) : report(result));
    for (const { id, failure } of measured)
      if (failure !== undefined) {
        log(`failed: ${nameOf(id)}: ${failure}`);
        process.exitCode = 1;
      }
  } finally {
    await browser?.close();
  }
}

function engineOf(id: EngineId, { preset }: Options, browser: Browser | undefined): Engine {
  if (id.engine === "torch") return torchEngine(preset, id.threads);
  const open = id.host === "node" || !browser ? openNode : browser.open;
  return remoteEngine(id, preset, open);
}

/** Of plain SIMD in Node, one thread. */
async function measurePeak(): Promise<number> {
  const connection = await openNode();
  try {
    return await ask(connection, { kind: "peak" });
  } finally {
    await connection.close();
  }
}

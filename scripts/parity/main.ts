/** @file Holds the engine against search steps that PyTorch computed: `npm run parity -- FILE… [--backend NAME]`. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { openPage } from "../lib/page.ts";
import { compareHere, type EngineName, engineNames, needsBrowser } from "./engines.ts";
import { readFixture } from "./fixture.ts";
import type { Row } from "./measure.ts";
import type {} from "./page.ts";
import { holds, table } from "./table.ts";

const usage = `npm run parity -- FILE… [--backend NAME]
  Compares logits, losses and gradients with those in the files; exits with 1 if one is off by more than its tolerance.
  --backend NAME   ${engineNames.join(", ")}  (default: reference, wasm, and webgpu where there is a browser)`;

process.exitCode = await main(process.argv.slice(2));

/** 0 if all holds, 1 if not or if a file cannot be compared, 2 for a mistake on the command line. */
async function main(argv: readonly string[]): Promise<number> {
  const asked = read(argv);
  if ("reason" in asked) {
    console.error(`${asked.reason}\n\n${usage}`);
    return 2;
  }
  const { files, engines, isNamed } = asked;
  const inPage = engines.some(needsBrowser) ? await browser(isNamed) : undefined;
  let failed = false;
  try {
    for (const path of files)
      for (const engine of engines) {
        if (needsBrowser(engine) && !inPage) continue;
        try {
          const text = await readFile(path, "utf8");
          const file = basename(path);
          readFixture(text, file); // what is wrong with the file is said here, not in a browser
          const rows = await (needsBrowser(engine) && inPage
            ? inPage.compare(text, file, engine)
            : compareHere(text, file, engine));
          console.log(`${table({ file, engine, rows })}\n`);
          failed ||= !rows.every(holds);
        } catch (error) {
          console.error(`${path} on ${engine}: ${(error as Error).message}`);
          failed = true;
        }
      }
  } finally {
    await inPage?.close();
  }
  return failed ? 1 : 0;
}

function read(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { backend: { type: "string" } },
      allowPositionals: true,
    });
    if (positionals.length === 0) return { reason: "no file is given" };
    const named = engineNames.find((name) => name === values.backend);
    if (values.backend !== undefined && !named)
      return { reason: `--backend ${values.backend}: there are ${engineNames.join(", ")}` };
    const engines: readonly EngineName[] = named ? [named] : ["reference", "wasm", "webgpu"];
    return { files: positionals, engines, isNamed: named !== undefined };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

/** Where engines run that need a browser; absent, with a word about it, where there is none and none was asked for. */
async function browser(isNamed: boolean) {
  try {
    const { page, close } = await openPage("scripts/parity/page.html", "parity");
    await page.waitForFunction("globalThis.parity");
    return {
      close,
      compare: (text: string, file: string, engine: EngineName): Promise<readonly Row[]> =>
        page.evaluate((given) => parity(...given), [text, file, engine] as const),
    };
  } catch (error) {
    if (isNamed) throw error;
    console.error(`webgpu is left out: ${(error as Error).message}`);
    return undefined;
  }
}

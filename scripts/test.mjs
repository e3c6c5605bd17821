/** @file `npm test`: everything that CI runs, in order, going on after a failure, with one closing line. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parseArgs } from "./lib/args.mjs";
import { ensureInstalled, fail } from "./lib/install.mjs";
import { stages } from "./lib/stages.mjs";

const names = stages.map(({ name }) => name);
const parsed = parseArgs(process.argv.slice(2), {
  only: { value: new RegExp(`^(${names.join("|")})$`), allowed: names.join(", ") },
});
if (!parsed.ok) fail(parsed.reason, 2);
const { only } = parsed.values;

await ensureInstalled();
const folder = mkdtempSync(join(tmpdir(), "nas-playground-"));
/** @type {import("./lib/tally.mjs").Result[]} */
const results = [];
const times = [];
for (const { name, title, check } of stages) {
  if (only !== undefined && name !== only) continue;
  console.log(`\n──── ${name}: ${title}`);
  const start = performance.now();
  results.push(...(await check({ folder, isAlone: only !== undefined })));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`──── ${name} took ${seconds} s`);
  times.push(`${name} ${seconds} s`);
}
rmSync(folder, { recursive: true, force: true });

const plain = (reason = "") => stripVTControlCharacters(reason).trim();
const of = (/** @type {string} */ state) => results.filter((result) => result.state === state);
for (const { name, reason } of of("skipped")) console.log(`\nSKIPPED ${name}\n  ${reason}`);
for (const { name, reason } of of("failed"))
  console.log(`\nFAILED ${name}\n  ${plain(reason).replaceAll("\n", "\n  ")}`);
console.log(`\nTime: ${times.join(", ")}`);
console.log(
  `${of("passed").length} passed, ${of("failed").length} failed, ${of("skipped").length} skipped`,
);
process.exit(of("failed").length > 0 ? 1 : 0);

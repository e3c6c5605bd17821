/** @file `npm run bench:page`: the built page against its budgets; fails where a budget that no machine sways is missed. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { measureSizes } from "../scripts/lib/sizes.ts";
import { machine } from "./machine.ts";
import { measurePage } from "./page-budgets/measure.ts";
import { judgePage, pageTable } from "./page-budgets/report.ts";

const dist = join(import.meta.dirname, "../dist");
if (!existsSync(join(dist, "index.html"))) {
  console.error("There is no dist/index.html: npm run build makes it.");
  process.exit(1);
}
const before = machine([`Node ${process.versions.node}`]);
const found = await measurePage(dist);
const rows = judgePage(measureSizes(dist), found);
console.log(`## Page: ${before}, Chromium ${found.browser}, WebAssembly\n`);
console.log(pageTable(rows));
console.log(`\n${found.steps} steps of each lane in the time.`);
for (const url of found.offOrigin) console.error(`Request to another origin: ${url}`);
const missed = rows.filter(({ isMet, isGate }) => isGate && !isMet);
for (const { what, found: value, budget } of missed)
  console.error(`${what}: ${value}, allowed ${budget}`);
if (missed.length > 0) process.exit(1);

/** @file `npm run lock`: writes package-lock.json anew from package.json, complete for every platform. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, npm } from "./lib/install.mjs";
import { missingPlatforms } from "./lib/lock-platforms.mjs";
import { root } from "./lib/run.mjs";

const file = join(root, "package-lock.json");
const code = await npm(["install", "--package-lock-only", "--no-audit", "--no-fund"]);
if (code !== 0) fail(`npm install failed with exit code ${code}; its output above says why.`);

const lock = JSON.parse(readFileSync(file, "utf8"));
const missing = missingPlatforms(lock);
const packages = Object.entries(lock.packages).concat(
  missing.map(({ path, entry }) => [path, entry]),
);
packages.sort(([a], [b]) => a.localeCompare(b, "en"));
for (const [, locked] of packages) delete locked.resolved; // every machine asks its own registry
writeFileSync(
  file,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`,
);
console.log(
  `package-lock.json holds ${packages.length - 1} packages, ${missing.length} added for other platforms.`,
);

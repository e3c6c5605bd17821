/** @file `npm start`: installs what is missing, builds the page, serves it and opens it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "./lib/args.mjs";
import { ensureInstalled, fail } from "./lib/install.mjs";
import { openBrowser } from "./lib/open.mjs";
import { root, tool } from "./lib/run.mjs";

const parsed = parseArgs(process.argv.slice(2), {
  port: {
    value: /^(?!0)(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
    allowed: "1 to 65535",
  },
  "no-open": {},
  /** Serves `dist` as it is. */
  "no-build": {},
});
if (!parsed.ok) fail(parsed.reason, 2);
const { values } = parsed;
const wanted = Number(values["port"] ?? 4620);
const dist = join(root, "dist");

await ensureInstalled();
if (!values["no-build"]) {
  console.log("Building the page …");
  const code = await tool("vite", ["build", "--logLevel", "warn"]);
  if (code !== 0) fail(`The build failed with exit code ${code}; its output above says why.`);
}
if (!existsSync(join(dist, "index.html")))
  fail("There is no dist/index.html: run npm start without --no-build.");

const { serve } = await import("./lib/serve.mjs");
const server = await serve(dist, wanted);
if (server.port !== wanted) console.log(`Port ${wanted} is taken; using ${server.port} instead.`);
const url = `http://localhost:${server.port}/`;
console.log(`NAS Playground is at ${url} — Ctrl-C ends it.`);
if (!values["no-open"]) openBrowser(url);

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.once(signal, () => {
    server.close();
    process.exit(0);
  });
}

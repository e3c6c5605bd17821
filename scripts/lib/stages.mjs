/** @file The checks of `npm test`, in order. */
import { createServer } from "node:net";
import { join } from "node:path";
import { obtainBrowser } from "./browser.mjs";
import { root, tool } from "./run.mjs";
import { collectTally } from "./tally.mjs";

/**
 * @typedef {import("./tally.mjs").Result} Result
 * @typedef {object} Setting
 * @property {string} folder for files that live as long as the run
 * @property {boolean} isAlone no stage has run before this one
 * @typedef {object} Stage
 * @property {string} name for --only
 * @property {string} title what it checks, for people
 * @property {(setting: Setting) => Promise<Result[]>} check one result a test; a check without tests is one test
 */

/**
 * A program that is right or wrong as a whole.
 * @param {string} name
 * @param {string} title
 * @param {string} command the package that has the program
 * @param {readonly (readonly string[])[]} runs arguments, once or more often
 * @returns {Stage}
 */
const program = (name, title, command, ...runs) => ({
  name,
  title,
  async check() {
    /** @type {Result[]} */
    const results = [];
    for (const args of runs) {
      const code = await tool(command, args);
      const called = [name, ...args].join(" ").replace(`${name} ${name}`, name);
      if (code === 0) results.push({ name: called, state: "passed" });
      else results.push({ name: called, state: "failed", reason: `exit code ${code}; see above` });
    }
    return results;
  },
});

let isBuilt = true;
const build = program("build", "the page for production", "vite", ["build"]);

/**
 * Playwright's tests in one kind of browser.
 * @param {string} project
 * @param {string} title
 * @returns {Stage}
 */
const e2e = (project, title) => ({
  name: `e2e-${project}`,
  title,
  async check({ folder, isAlone }) {
    const name = `e2e-${project}`;
    if (!isBuilt) return [{ name, state: "failed", reason: "not run: there is no build" }];
    const browser = await obtainBrowser();
    if ("reason" in browser) return [{ name, state: "failed", reason: browser.reason }];
    console.log(`Browser: ${browser.path}`);
    const env = {
      CHROME_PATH: browser.path,
      E2E_PORT: String(await freePort()),
      ...(isAlone ? {} : { E2E_PREBUILT: "1" }),
    };
    const reporter = join(root, "scripts/lib/playwright-reporter.mjs");
    return collectTally(name, join(folder, `${name}.json`), (tally) =>
      tool("@playwright/test", ["test", `--project=${project}`, `--reporter=list,${reporter}`], {
        program: "playwright",
        env: { ...env, ...tally },
      }),
    );
  },
});

/** @type {readonly Stage[]} */
export const stages = [
  program("format", "Biome's formatter", "@biomejs/biome", ["format"]),
  program("lint", "Biome's rules and the layers", "@biomejs/biome", [
    "lint",
    "--error-on-warnings",
  ]),
  program(
    "types",
    "TypeScript, strict, for engine, page and tools",
    "typescript",
    ...["engine", "ui", "node"].map((part) => ["-p", `tsconfig.${part}.json`]),
  ),
  program("dead", "knip: unused files, exports and dependencies", "knip", []),
  {
    name: "unit",
    title: "vitest: engine and page, each on its own",
    check({ folder }) {
      const reporters = ["default", join(root, "scripts/lib/vitest-reporter.mjs")];
      const args = ["run", ...reporters.map((reporter) => `--reporter=${reporter}`)];
      return collectTally("unit", join(folder, "unit.json"), (env) =>
        tool("vitest", args, { env }),
      );
    },
  },
  {
    ...build,
    async check(setting) {
      const results = await build.check(setting);
      isBuilt = results.every(({ state }) => state === "passed");
      return results;
    },
  },
  e2e("webgpu", "Playwright: the page in a browser with WebGPU in software"),
  e2e("no-webgpu", "Playwright: the page in a browser without WebGPU"),
];

/**
 * A port that nothing uses now, so that two checkouts can be tested side by side.
 * @returns {Promise<number>}
 */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 4621));
    });
  });
}

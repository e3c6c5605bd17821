/** @file The browser tests: one browser with WebGPU computed in software, one without WebGPU. */
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/lib/browser.mjs";

const port = Number(process.env["E2E_PORT"] ?? 4621);
const build = process.env["E2E_PREBUILT"] ? " --no-build" : "";
const browser = await findBrowser();
if ("reason" in browser) throw new Error(`${browser.reason}: npm test obtains one`);

/** A new headless browser: the old headless shell knows no WebGPU. Containers lack what the sandbox needs. */
const launch = (...args: string[]) => ({
  launchOptions: {
    executablePath: browser.path,
    args: ["--no-sandbox", "--headless=new", ...args],
  },
});

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Two cores and a GPU in software: a step takes seconds, so tests wait long but one at a time.
  workers: 1,
  retries: 0,
  timeout: 180_000,
  globalTimeout: 2_400_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env["CI"]),
  use: {
    baseURL: `http://localhost:${port}`,
    actionTimeout: 20_000,
    // Every test is a first visit, which would fetch and keep every data set.
    serviceWorkers: "block",
    viewport: { width: 1366, height: 768 },
    trace: "retain-on-failure",
  },
  projects: [
    {
      name: "webgpu",
      testIgnore: [
        // What axe sees does not depend on the backend, nor how a cell, a step or a recorded run is shown.
        ...["accessibility.spec.ts", "cell-views.spec.ts", "microscope.spec.ts", "replay.spec.ts"],
        // Here no test asks for WebGPU: they would compute on WebAssembly once more.
        ...["dataset.spec.ts", "lessons.spec.ts", "offline.spec.ts", "present.spec.ts"],
        // Files and the catalog's entries: one browser is enough. In software, pipelines of every preset take minutes.
        ...["sizes.spec.ts", "catalog.spec.ts"],
      ],
      use: launch(
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
      ),
    },
    {
      name: "no-webgpu",
      use: launch(
        "--disable-features=WebGPU",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
      ),
    },
  ],
  webServer: {
    command: `node scripts/start.mjs --no-open --port ${port}${build}`,
    url: `http://localhost:${port}`,
    timeout: 180_000,
    reuseExistingServer: false,
  },
});

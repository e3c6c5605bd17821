/** @file Hosts in Chromium: workers of one page, served from source with the headers that isolate it. */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { findBrowser } from "../scripts/lib/browser.mjs";
import type {} from "./page.ts";
import type { Connection } from "./remote.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** As in the browser tests: the new headless browser, a GPU in software where there is none. */
const args = [
  "--no-sandbox",
  "--headless=new",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

/** A browser with the benchmark's page. */
export interface Browser {
  readonly version: string;
  /** A worker in which nothing has run yet. */
  open(): Promise<Connection>;
  close(): Promise<void>;
}

/** Throws if there is no browser. */
export async function startChromium(): Promise<Browser> {
  const found = await findBrowser();
  if ("reason" in found) throw new Error(found.reason);
  const server = await createServer({
    root,
    configFile: `${root}/vite.config.ts`,
    // Beside a developer's own server, whose pre-bundled dependencies stay untouched.
    cacheDir: "node_modules/.vite-bench",
    logLevel: "error",
    server: { port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: found.path, args });
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls?.local[0]}bench/page.html`);
  let opened = 0;
  return {
    version: browser.version(),
    async open() {
      const name = String(opened++);
      await page.evaluate((worker) => bench.open(worker), name);
      return {
        ask: (request) =>
          page.evaluate(([worker, asked]) => bench.ask(worker, asked), [name, request] as const),
        close: () => page.evaluate((worker) => bench.close(worker), name),
      };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

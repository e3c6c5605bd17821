/** @file A page of this repository in a browser, served from source with the headers that isolate it. */
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { createServer } from "vite";
import { findBrowser } from "./browser.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** As in the browser tests: the new headless browser, a GPU in software where there is none. */
const args = [
  "--no-sandbox",
  "--headless=new",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

export interface OpenedPage {
  readonly page: Page;
  /** The browser's. */
  readonly version: string;
  /** Ends browser and server. */
  close(): Promise<void>;
}

/** `path` is from the repository's root; `cache` names a folder for what is bundled. Throws if there is no browser. */
export async function openPage(path: string, cache: string): Promise<OpenedPage> {
  const found = await findBrowser();
  if ("reason" in found) throw new Error(found.reason);
  const server = await createServer({
    root,
    configFile: `${root}/vite.config.ts`,
    // Beside a developer's own server, whose pre-bundled dependencies stay untouched.
    cacheDir: `node_modules/.vite-${cache}`,
    logLevel: "error",
    server: { port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: found.path, args });
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls?.local[0]}${path}`);
  return {
    page,
    version: browser.version(),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

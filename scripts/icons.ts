/** @file Draws `public/icons/icon.svg` as PNG, for systems that install pages without SVG: `npm run icons`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findBrowser } from "./lib/browser.mjs";

const folder = join(import.meta.dirname, "../public/icons");
const svg = readFileSync(join(folder, "icon.svg"), "utf8");
const found = await findBrowser();
if ("reason" in found) throw new Error(found.reason);
const browser = await chromium.launch({ executablePath: found.path, args: ["--no-sandbox"] });
for (const size of [192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: join(folder, `icon-${size}.png`) });
}
await browser.close();

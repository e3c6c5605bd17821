/** @file The page in a browser: opened warm, played with two lanes, clicked at on a slowed processor. */
import { deflateRawSync } from "node:zlib";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../scripts/lib/browser.mjs";
import { serve } from "../../scripts/lib/serve.mjs";
import { installWatch, type Seen, stampMessages } from "./watch.ts";

/** What was found; times in ms, heap in bytes. */
export interface Found {
  readonly browser: string;
  /** From the navigation to the toy's first step on screen, with everything in the cache. */
  readonly toy: number;
  /** While two lanes play, untouched. */
  readonly play: Seen;
  /** While two lanes play and 40 clicks and keys come, on a processor slowed four times. */
  readonly busy: Seen;
  readonly steps: number;
  /** Per 1,000 steps of both lanes, after collecting garbage. */
  readonly heapGrowth: number;
  readonly offOrigin: readonly string[];
}

const playMs = 20_000;
const toyLink = `#1${deflateRawSync('{"setup":{"preset":"toy"}}').toString("base64url")}`;
const slow = { timeout: 120_000 };

const ready = (page: Page, lane: string) =>
  page.locator(`[data-testid=lane-${lane}][data-status=paused]`).waitFor({ ...slow });
const stepOf = async (page: Page, lane: string) =>
  Number(await page.getByTestId(`lane-${lane}`).getAttribute("data-step"));
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Keys and clicks of a lesson, in turn: X-ray, table, other cell, speed, scrubber, edges. */
const interactions: readonly ((page: Page) => Promise<void>)[] = [
  (page) => page.keyboard.press("x"),
  (page) => page.keyboard.press("t"),
  (page) => page.keyboard.press("t"),
  (page) => page.keyboard.press("n"),
  (page) => page.keyboard.press("ArrowLeft"),
  (page) => page.keyboard.press("End"),
  (page) => page.getByRole("button", { name: /^Theme: / }).click(),
  (page) => page.keyboard.press("?"),
  (page) => page.keyboard.press("Escape"),
  (page) => page.getByRole("radio", { name: "Health" }).click(),
  (page) => page.getByRole("radio", { name: "Lanes", exact: true }).click(),
];

async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  return (await cdp.send("Runtime.getHeapUsage")).usedSize;
}

async function openToy(page: Page, url: string): Promise<number> {
  await page.goto("about:blank");
  await page.goto(url + toyLink);
  await ready(page, "A");
  await button(page, "Step").click();
  await page.locator("[data-testid=lane-A][data-step='1']").waitFor({ ...slow });
  return page.evaluate(() => new Promise<number>((done) => requestAnimationFrame(done)));
}

/** Measures the build in `dist`; throws if there is no browser, or what it looks for is not on the page. */
export async function measurePage(dist: string): Promise<Found> {
  const found = await findBrowser();
  if ("reason" in found) throw new Error(found.reason);
  const server = await serve(dist, 0);
  const url = `http://localhost:${server.port}/`;
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ["--no-sandbox", "--headless=new", "--disable-features=WebGPU"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const offOrigin: string[] = [];
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && !url.startsWith(origin)) offOrigin.push(request.url());
    });
    page.on(
      "worker",
      (worker) =>
        void worker.evaluate(`{ const __name = (f) => f; (${stampMessages})(); }`).catch(() => {}),
    );
    // The loader that runs this file wraps functions in `__name`, which the page does not have.
    await page.addInitScript(`{ const __name = (f) => f; (${installWatch})(); }`);
    const cdp = await page.context().newCDPSession(page);

    await openToy(page, url);
    const toy = await openToy(page, url);

    await page.goto("about:blank");
    await page.goto(url);
    await page.getByRole("radio", { name: "CIFAR-10 16×16" }).check();
    await ready(page, "A");
    await button(page, "Add lane to compare").click();
    await ready(page, "B");
    await button(page, "Play").click();
    await page.waitForTimeout(3000);
    const [heap, first] = [await heapOf(cdp), await stepOf(page, "A")];
    await page.evaluate(() => window.watch.mark());
    await page.waitForTimeout(playMs);
    const play = await page.evaluate(() => window.watch.read());
    const steps = (await stepOf(page, "A")) - first;
    const heapGrowth = (((await heapOf(cdp)) - heap) / steps) * 1000;

    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.evaluate(() => window.watch.mark());
    for (let i = 0; i < 40; i++) {
      await interactions[i % interactions.length]?.(page);
      await page.waitForTimeout(150);
    }
    const busy = await page.evaluate(() => window.watch.read());
    return { browser: browser.version(), toy, play, busy, steps, heapGrowth, offOrigin };
  } finally {
    await browser.close();
    server.close();
  }
}

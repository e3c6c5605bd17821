/** @file Hosts in Chromium: workers of one page, served from source with the headers that isolate it. */
import { openPage } from "../scripts/lib/page.ts";
import type {} from "./page.ts";
import type { Connection } from "./remote.ts";

/** A browser with the benchmark's page. */
export interface Browser {
  readonly version: string;
  /** A worker in which nothing has run yet. */
  open(): Promise<Connection>;
  close(): Promise<void>;
}

/** Throws if there is no browser. */
export async function startChromium(): Promise<Browser> {
  const { page, version, close } = await openPage("bench/page.html", "bench");
  let opened = 0;
  return {
    version,
    async open() {
      const name = String(opened++);
      await page.evaluate((worker) => bench.open(worker), name);
      return {
        ask: (request) =>
          page.evaluate(([worker, asked]) => bench.ask(worker, asked), [name, request] as const),
        close: () => page.evaluate((worker) => bench.close(worker), name),
      };
    },
    close,
  };
}

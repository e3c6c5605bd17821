/** @file On a static host that sends no headers, below a path: isolated by the service worker, and there without a network. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sirv from "sirv";
import { test as base, expect } from "./support.ts";

interface Host {
  readonly url: string;
  /** A copy of the build, to be changed at will. */
  readonly folder: string;
  /** Nobody answers any more. */
  close(): void;
}

/** A web server that knows nothing but files, with the page somewhere below its root. */
async function plainHost(folder: string): Promise<Omit<Host, "folder">> {
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    const inside = /^\/some\/path(\/.*)/.exec(request.url ?? "")?.[1];
    const missing = () => {
      response.writeHead(404).end();
    };
    if (inside === undefined) {
      missing();
      return;
    }
    request.url = inside;
    files(request, response, missing);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://localhost:${port}/some/path/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const test = base.extend<{ host: Host }>({
  host: async ({ browserName: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), "nas-playground-"));
    await cp("dist", folder, { recursive: true });
    const host = await plainHost(folder);
    await use({ ...host, folder });
    host.close();
    await rm(folder, { recursive: true });
  },
  baseURL: async ({ host }, use) => use(host.url),
});
test.use({ serviceWorkers: "allow" });

const integrityOf = (file: Uint8Array) =>
  `sha384-${createHash("sha384").update(file).digest("base64")}`;
const kept = "html[data-kept]";

test("works without a network after one visit", async ({ playground, page, context, host }) => {
  let visits = 0;
  page.on("framenavigated", () => visits++);
  await page.goto("./");
  await expect.poll(() => visits, { timeout: 60_000 }).toBe(2);
  await expect(page.locator(kept)).toBeAttached({ timeout: 100_000 });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(visits, "the visit and one reload").toBe(2);

  host.close();
  await context.setOffline(true);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await playground.isReady("A");
  await playground.choose("CIFAR-10 16×16");
  await playground.playTo(2);
  await playground.choose("Toy");
  await playground.playTo(20);
  await page.getByRole("radio", { name: "Replay" }).check();
  await expect(playground.head("A")).toHaveAttribute("data-status", "recorded");
});

test("changes to a new version as a whole", async ({ page, host }) => {
  await page.goto("./");
  await expect(page.locator(kept)).toBeAttached({ timeout: 100_000 });

  // The host changes a file and no longer has the old one; the old version still answers for itself.
  const file = join(host.folder, "index.html");
  const old = readFileSync(file);
  writeFileSync(file, old.toString().replace("<title>NAS", "<title>New NAS"));
  await page.reload();
  await expect(page).toHaveTitle("NAS Playground");
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await expect(page).toHaveTitle("NAS Playground");

  // Only with its service worker is it a version.
  const worker = join(host.folder, "service-worker.js");
  const before = readFileSync(worker, "utf8");
  const after = before
    .replace(integrityOf(old), integrityOf(readFileSync(file)))
    .replace(/\bid:(["'`])[0-9a-f]{16}\1/, 'id:"0123456789abcdef"');
  expect(after.length).toBe(before.length);
  writeFileSync(worker, after);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await expect
    .poll(() => page.evaluate(async () => !!(await navigator.serviceWorker.ready).waiting), {
      timeout: 60_000,
    })
    .toBe(true);
  await page.reload();
  await expect(page).toHaveTitle("New NAS Playground");
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1);
});

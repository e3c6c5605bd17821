/** @file `npm start` and `npm test`: options, the server's headers, and when a browser is opened. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseArgs } from "../scripts/lib/args.mjs";
import { opener } from "../scripts/lib/open.mjs";
import { serve } from "../scripts/lib/serve.mjs";
import { collectTally } from "../scripts/lib/tally.mjs";

const options = { port: { value: /^\d+$/, allowed: "digits" }, "no-open": {} };

describe("options", () => {
  it("reads switches and values, with and without =", () => {
    expect(parseArgs(["--no-open", "--port", "8"], options)).toEqual({
      ok: true,
      values: { port: "8", "no-open": true },
    });
    expect(parseArgs(["--port=8"], options)).toEqual({ ok: true, values: { port: "8" } });
  });
  it.each([
    [["--prot"], 'no argument "--prot"; there are --port …, --no-open'],
    [["8"], 'no argument "8"; there are --port …, --no-open'],
    [["--port"], "--port is nothing; allowed: digits"],
    [["--port", "x"], '--port is "x"; allowed: digits'],
    [["--no-open=1"], "--no-open takes no value"],
  ])("refuses %j in one line", (args, reason) => {
    expect(parseArgs(args, options)).toEqual({ ok: false, reason });
  });
});

describe("server", () => {
  const folder = mkdtempSync(join(tmpdir(), "nas-playground-serve-"));
  let server: Awaited<ReturnType<typeof serve>>;
  const get = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, init);

  beforeAll(async () => {
    mkdirSync(join(folder, "assets"));
    writeFileSync(
      join(folder, "index.html"),
      `<title>page</title><meta\n  http-equiv="Content-Security-Policy"\n  content="default-src 'self'"\n/>`,
    );
    writeFileSync(join(folder, "assets", "main-1a2b.js"), "export {};");
    server = await serve(folder, 0);
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("isolates the page, so that threads may share memory", async () => {
    const { status, headers } = await get("/");
    expect(status).toBe(200);
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });
  it("sends the page's policy with every file, for workers do not inherit it", async () => {
    const { headers } = await get("/assets/main-1a2b.js");
    expect(headers.get("content-security-policy")).toBe("default-src 'self'");
  });
  it("has the page revalidated and named assets kept", async () => {
    const page = await get("/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const again = await get("/", {
      headers: { "if-none-match": page.headers.get("etag") as string },
    });
    expect(again.status).toBe(304);
    const asset = await get("/assets/main-1a2b.js");
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(asset.headers.get("content-type")).toContain("javascript");
  });
  it("answers 404 for what is not there or outside, and 405 for writing", async () => {
    expect((await get("/missing")).status).toBe(404);
    expect((await get("/..%2f..%2fetc%2fpasswd")).status).toBe(404);
    expect((await get("/", { method: "POST" })).status).toBe(405);
  });
  it("takes another port where the wanted one is taken", async () => {
    const second = await serve(folder, server.port);
    expect(second.port).not.toBe(server.port);
    second.close();
  });
});

describe("browser", () => {
  it("is never opened in CI nor on a Linux without a display", () => {
    expect(opener("darwin", { CI: "true" })).toBeUndefined();
    expect(opener("linux", { CI: "true", DISPLAY: ":0" })).toBeUndefined();
    expect(opener("linux", {})).toBeUndefined();
  });
  it("is opened by the system's own program elsewhere", () => {
    expect(opener("linux", { WAYLAND_DISPLAY: "wayland-0" })).toEqual(["xdg-open"]);
    expect(opener("darwin", {})).toEqual(["open"]);
    expect(opener("win32", {})?.[0]).toBe("cmd");
  });
});

describe("tally", () => {
  const folder = mkdtempSync(join(tmpdir(), "nas-playground-tally-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const collect = (results: object[] | undefined, code: number) => {
    const file = join(folder, `${Math.random()}.json`);
    return collectTally("runner", file, async (env) => {
      if (results) writeFileSync(env["TALLY_FILE"] as string, JSON.stringify(results));
      return code;
    });
  };
  it("passes a runner's results on", async () => {
    const results = [{ name: "a", state: "passed" }];
    expect(await collect(results, 0)).toEqual(results);
  });
  it("counts a runner that ran nothing, or failed without a failed test, as a failure", async () => {
    const failed = { name: "runner", state: "failed" };
    expect(await collect(undefined, 0)).toEqual([expect.objectContaining(failed)]);
    expect(await collect([], 0)).toEqual([expect.objectContaining(failed)]);
    expect(await collect([{ name: "a", state: "passed" }], 1)).toContainEqual(
      expect.objectContaining(failed),
    );
  });
});

/** @file What the built page makes a browser load, by following the imports of its chunks. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Bytes after gzip. */
export interface Sizes {
  /** Scripts that must have arrived before the page can draw the toy. */
  readonly page: number;
  /** Scripts of the engine's worker, without the backends of tfjs. */
  readonly engine: number;
}
/** The budgets of the same, in bytes after gzip. */
export const sizeBudgets: Sizes = { page: 140_000, engine: 160_000 };

/** A chunk and every chunk that it imports from its first line on; what is imported later does not count. */
function closureOf(folder: string, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const code = readFileSync(join(folder, name), "utf8");
  for (const [, next] of code.matchAll(/\b(?:import|from)\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
    closureOf(folder, next as string, seen);
  return seen;
}

/** Measures a build; throws if it has no `index.html` with a script, or not exactly one worker. */
export function measureSizes(dist: string): Sizes {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const entry = /<script[^>]*\ssrc="\.\/assets\/([^"]+)"/.exec(html)?.[1];
  const assets = join(dist, "assets");
  const workers = readdirSync(assets).filter((name) => /^worker-.*\.js$/.test(name));
  if (!entry) throw new Error(`${dist}/index.html has no script`);
  if (workers.length !== 1) throw new Error(`${assets} has ${workers.length} workers, not one`);
  const sum = (start: string) =>
    [...closureOf(assets, start)]
      .map((name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length)
      .reduce((a, b) => a + b);
  return { page: sum(entry), engine: sum(workers[0] as string) };
}

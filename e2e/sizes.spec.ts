/** @file The page stays small: what a browser loads before the toy runs, and the engine. */
import { measureSizes, sizeBudgets } from "../scripts/lib/sizes.ts";
import { expect, test } from "./support.ts";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

test("scripts are within their budgets after gzip", () => {
  const sizes = measureSizes("dist");
  for (const part of ["page", "engine"] as const) {
    const said = `${part}: ${kilobytes(sizes[part])} of ${kilobytes(sizeBudgets[part])}`;
    expect(sizes[part], said).toBeLessThanOrEqual(sizeBudgets[part]);
    // An empty closure would pass, too.
    expect(sizes[part], said).toBeGreaterThan(sizeBudgets[part] / 4);
  }
});

/** @file The lock file is one that `npm ci` accepts on every platform. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { missingPlatforms } from "../scripts/lib/lock-platforms.mjs";

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));

it("holds every platform's optional packages (npm run lock)", () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(missingPlatforms(lock)).toEqual([]);
});
it("names no machine's registry", () => {
  expect(JSON.stringify(lock)).not.toContain('"resolved"');
});

const withOptional = (name: string) => ({
  packages: { "node_modules/tool": { dev: true, optionalDependencies: { [name]: "1.2.3" } } },
});
it.each([
  ["@tool/cli-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["@tool/binding-linux-arm64-gnu", { os: ["linux"], cpu: ["arm64"], libc: ["glibc"] }],
  ["@tool/binding-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"] }],
  ["tool-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
])("knows the platform of %s", (name, platform) => {
  expect(missingPlatforms(withOptional(name))).toEqual([
    {
      path: `node_modules/${name}`,
      entry: { version: "1.2.3", dev: true, optional: true, ...platform },
    },
  ]);
});
it("refuses a name without a platform", () => {
  expect(() => missingPlatforms(withOptional("fsevents"))).toThrow('"fsevents"');
});

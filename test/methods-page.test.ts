/** @file docs/methods.md against the registry: every method, option and rule is there, and passes are as counted. */
import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { methods } from "../src/engine/methods/index.ts";
import { stopRules } from "../src/engine/run/stop-rules.ts";
import { compatible, make, specOf } from "./support/specs.ts";

const page = readFileSync(new URL("../docs/methods.md", import.meta.url), "utf8");
/** Cells of the rows that begin with `id`. */
const rowOf = (id: string): readonly string[] | undefined =>
  page
    .split("\n")
    .find((line) => line.startsWith(`| \`${id}\` |`))
    ?.split(" | ");

beforeAll(async () => {
  await selectBackend("cpu");
});

describe.each(methods)("$id", ({ id, hyper }) => {
  it("has a row with its file, and all its options on the page", () => {
    const file = /`([^`]+)`/.exec(rowOf(id)?.[1] ?? "")?.[1] ?? "none";
    expect(existsSync(new URL(`../${file}`, import.meta.url)), file).toBe(true);
    for (const option of Object.keys(hyper)) expect(page).toContain(`\`${option}\``);
  });
  it("takes as many passes as the row says", async () => {
    const [, gradients, forwards = "0"] =
      /^(\d+)(?: \+ (\d+) forward)?/.exec(rowOf(id)?.[3] ?? "") ?? [];
    const [, space, task] = compatible.find(
      ([method, space]) => method === id && space !== "toy",
    ) as (typeof compatible)[number];
    using run = await make({
      ...specOf(id, space, task),
      hyper: id === "edas" ? { warmup: 0 } : {},
    });
    const spent = (await run.step(2)).spent;
    expect([spent?.gradients, spent?.forwards]).toEqual([
      2 * Number(gradients),
      2 * Number(forwards),
    ]);
  });
});
it.each(stopRules)("rule $id has a row", ({ id }) => {
  expect(rowOf(id)).toBeDefined();
});
it("lists no method that is gone", () => {
  const listed = [...page.matchAll(/^\| `(\w+)` \| `src\/engine\/methods/gm)].map(([, id]) => id);
  expect(listed).toEqual(methods.map(({ id }) => id));
});

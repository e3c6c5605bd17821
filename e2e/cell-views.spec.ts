/** @file The cell seen in other ways: X-ray, another rule, files, table, phone. No backend has a say in it. */
import { readFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";
import { edges } from "./cell.ts";
import { overflow, violations } from "./seen.ts";
import { expect, test } from "./support.ts";

test("X-ray, another rule, the table and the files", async ({ playground, page }) => {
  await playground.open();
  const xray = playground.button("X-ray");
  await page.getByRole("main").focus();
  await page.keyboard.press("x");
  await expect(xray).toHaveAttribute("aria-pressed", "true");

  await playground.button("Derive").click();
  const sandbox = page.getByRole("region", { name: "Derive by another rule" });
  await expect(sandbox.getByRole("heading", { name: "Edges that survive: 4 of 5" })).toBeVisible();
  await sandbox.getByRole("radio", { name: "1" }).check();
  await expect(sandbox.getByRole("heading", { name: "Edges that survive: 2 of 5" })).toBeVisible();
  await expect(sandbox.getByText("→ dropped")).toHaveCount(2);
  await expect
    .poll(() =>
      edges(page)
        .filter({ has: page.locator("path") })
        .count(),
    )
    .toBe(5);
  await expect
    .poll(async () => {
      const names = await edges(page).evaluateAll((all) => all.map((e) => e.ariaLabel ?? ""));
      return names.filter((name) => name.includes("kept")).length;
    })
    .toBe(2);
  expect(await violations(page), "sandbox open").toEqual([]);
  await sandbox.getByRole("button", { name: "Back to the space's own rule" }).click();
  await expect(sandbox.getByRole("heading", { name: "Edges that survive: 4 of 5" })).toBeVisible();
  await page.keyboard.press("Escape");

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save lane A's cell as SVG" }).click();
  const svg = await readFile(await (await saved).path(), "utf8");
  expect(svg).toContain("<title>Normal cell, DARTS, seed 1, step 0</title>");
  const png = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save lane A's cell as PNG" }).click();
  const bytes = await readFile(await (await png).path());
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(bytes.length).toBeGreaterThan(20_000);

  await page.getByRole("main").focus();
  await page.keyboard.press("t");
  const table = page.getByRole("table", { name: "Lane A, normal cell: weights in numbers" });
  await expect(table.getByRole("row")).toHaveCount(6);
  await page.getByRole("button", { name: "Sort by skip" }).click();
  await expect(table.getByRole("columnheader", { name: "skip" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  expect(await violations(page), "table").toEqual([]);
});

test("is read downwards on a phone", async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open();
  const box = async (name: string) =>
    (await page
      .locator(`[role="graphics-symbol"][aria-label="${name}"]`)
      .boundingBox()) as NonNullable<Awaited<ReturnType<Locator["boundingBox"]>>>;
  const [input, node, output] = [
    await box("input c_{k-2}"),
    await box("node 0"),
    await box("output c_k"),
  ];
  expect(input.y + input.height).toBeLessThan(node.y);
  expect(node.y + node.height).toBeLessThan(output.y);
  expect((await overflow(page)).x).toBe(0);
});

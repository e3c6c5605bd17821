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

test("nothing is wider than a tablet held upright, or a laptop at 200 %", async ({
  playground,
  page,
}) => {
  await playground.open();
  for (const [width, height] of [
    [820, 1180],
    [683, 384],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(page.getByRole("figure", { name: "α now" })).toBeVisible();
    await expect
      .poll(() => overflow(page).then(({ x }) => x), { message: `${width} px` })
      .toBeLessThanOrEqual(0);
  }
});

test("two lanes on a low screen have α beside the ribbon, row by row, and nothing scrolls", async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 641 });
  await playground.open();
  await page.getByRole("main").focus();
  await page.keyboard.press("c");
  await playground.isReady("B");
  for (const preset of ["Tiny", "Small"]) {
    await page.getByLabel("Preset", { exact: true }).selectOption({ label: preset });
    await playground.isReady("A");
    await playground.isReady("B");
    for (const lane of ["A", "B"]) {
      const strip = page.getByRole("table", { name: `Lane ${lane}, normal cell: α of every edge` });
      const plot = page.getByRole("slider", { name: `Decisions of lane ${lane}, normal cell` });
      const [rows, path] = [strip.locator("tbody tr"), await plot.boundingBox()];
      if (!path) throw new Error(`lane ${lane} has no ribbon`);
      const edges = await rows.count();
      for (const [i, row] of (await rows.all()).entries()) {
        const box = await row.boundingBox();
        const middle = (box?.y ?? 0) + (box?.height ?? 0) / 2;
        expect(Math.abs(middle - path.y - ((i + 0.5) * path.height) / edges), preset).toBeLessThan(
          1.5,
        );
        expect(box?.x ?? 0).toBeGreaterThanOrEqual(path.x + path.width);
      }
      // The cell can be pointed at and says its number; heads are as large as any word here.
      await strip.getByRole("cell").nth(9).hover();
      await expect(page.getByRole("region", { name: `Lane ${lane}`, exact: true })).toContainText(
        /α now.*0\.\d{3}/,
      );
      const sizes = await strip
        .locator("thead [aria-hidden]")
        .evaluateAll((all) => all.map((e) => Number.parseFloat(getComputedStyle(e).fontSize)));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
    }
    expect(await overflow(page)).toEqual({ x: 0, y: 0 });
    const scrolled = await page.getByRole("main").evaluate((main) =>
      [...main.querySelectorAll("*")]
        .filter((e) => /auto|scroll/.test(getComputedStyle(e).overflowY))
        .filter((e) => e.scrollHeight > e.clientHeight + 1)
        .map((e) => e.className),
    );
    expect(scrolled, preset).toEqual([]);
  }
  expect(await violations(page)).toEqual([]);
});

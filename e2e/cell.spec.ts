/** @file The cell: hands on α, X-ray, table, other rules and files, by role and label. */
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support.ts";

const edges = (page: Page): Locator =>
  page
    .locator('[role="graphics-document"][aria-label="Lane A, normal cell"]')
    .locator('[role="graphics-symbol"][aria-label^="edge"]');
const weight = (page: Page, edge: number, op: number): Promise<number> =>
  page
    .getByRole("table", { name: "Lane A, normal cell: α of every edge" })
    .getByRole("row")
    .nth(edge + 1)
    .getByRole("cell")
    .nth(op)
    .textContent()
    .then(Number);

async function violations(page: Page): Promise<readonly string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const results = await new AxeBuilder({ page }).include("main").withTags(tags).analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(" ")}`,
  );
}

test("hands on α take effect at once and outlast steps", async ({ playground, page }) => {
  await playground.open();
  const edge = edges(page).first();
  await edge.focus();
  await edge.press("Enter");
  // DARTS's order: skip is its fourth operation, sep conv 3×3 its fifth.
  await page.getByRole("button", { name: "mask skip" }).click();
  await expect.poll(() => weight(page, 0, 3)).toBe(0);
  const field = page.getByLabel("α of sep conv 3×3");
  await field.fill("2");
  await field.press("Enter");
  await page.getByRole("button", { name: "pin sep conv 3×3" }).click();
  await expect(edge).toHaveAccessibleName(/mask on skip, pin on sep conv 3×3/);
  await expect(page.getByRole("button", { name: "pin sep conv 3×3" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(field).toHaveValue("2.00");
  await playground.button("Step").click();
  await playground.hasSteps("A", 1);
  await expect.poll(() => weight(page, 0, 3)).toBe(0);
  await expect(field).toHaveValue("2.00");
  expect(await violations(page), "edge card open").toEqual([]);

  await page.getByRole("button", { name: "mask skip" }).click();
  await expect.poll(() => weight(page, 0, 3)).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await expect(edge).toBeFocused();
  await expect(field).toHaveCount(0);
});

test("a strand follows the pointer while the search runs", async ({ playground, page }) => {
  await playground.open();
  await playground.play();
  await playground.hasSteps("A", 1);
  const before = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((op) => weight(page, 0, op)));
  // The middle of the shape that takes the pointer; a rope may bow away from the middle of its box.
  const place = await edges(page)
    .first()
    .evaluate((shape) => {
      const path = shape.querySelector("path") as SVGPathElement;
      const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
      const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM() as DOMMatrix);
      return { x: at.x, y: at.y };
    });
  await page.mouse.move(place.x, place.y);
  await page.mouse.down();
  await page.mouse.move(place.x + 120, place.y - 60, { steps: 5 });
  await expect(edges(page).first()).toHaveAccessibleName(/hold on /);
  await expect
    .poll(async () => {
      const now = await Promise.all(before.map((_, op) => weight(page, 0, op)));
      return Math.max(...now.map((w, op) => w - (before[op] as number)));
    })
    .toBeGreaterThan(0.3);
  await page.mouse.up();
  await expect(edges(page).first()).not.toHaveAccessibleName(/hold on /);
});

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
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
});

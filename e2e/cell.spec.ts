/** @file Hands on α: masked, typed, pinned and dragged, by role and label. */
import type { Page } from "@playwright/test";
import { edges } from "./cell.ts";
import { violations } from "./seen.ts";
import { expect, test } from "./support.ts";

const weight = (page: Page, edge: number, op: number): Promise<number> =>
  page
    .getByRole("table", { name: "Lane A, normal cell: α of every edge" })
    .getByRole("row")
    .nth(edge + 1)
    .getByRole("cell")
    .nth(op)
    .textContent()
    .then(Number);

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
  await playground.stepTo(1);
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
  test.setTimeout(300_000);
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
  // The first touch begins a twin, whose pipelines a GPU in software takes seconds to build.
  const patience = { timeout: 80_000 };
  await expect(edges(page).first()).toHaveAccessibleName(/hold on /, patience);
  await expect
    .poll(async () => {
      const now = await Promise.all(before.map((_, op) => weight(page, 0, op)));
      return Math.max(...now.map((w, op) => w - (before[op] as number)));
    }, patience)
    .toBeGreaterThan(0.3);
  await page.mouse.up();
  await expect(edges(page).first()).not.toHaveAccessibleName(/hold on /, patience);
});

test("shows the untouched twin beside a run whose α is touched", async ({ playground, page }) => {
  await playground.open();
  // By single steps: where a pause falls depends on the machine, and so would the genotype.
  await playground.stepTo(1);
  await playground.isReady("A");
  const before = await playground.genotypeOf("A");
  await edges(page).first().focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("α of skip", { exact: true }).fill("3");
  await page.keyboard.press("Enter");
  const twin = page.getByRole("region", { name: "Untouched twin of lane A" });
  await expect(twin).toContainText("no hands since step");
  // Nothing has gone on: it is what the run was, and the skip is what differs.
  await expect(twin.locator("p").first()).toHaveText(before, { timeout: 100_000 });
  await expect(twin).toContainText(/skip, twin /);
  await page.keyboard.press("Escape");
  await playground.button("Step").click();
  await expect(twin).toContainText("was let go at step", { timeout: 100_000 });
  await twin.getByRole("checkbox").uncheck();
  await expect(twin.locator("p")).toHaveCount(0);
});

test("the other cell comes to the front by Enter on its picture", async ({ playground, page }) => {
  await playground.open();
  const small = page.getByRole("figure").getByRole("button", { name: "Reduction cell" });
  await small.focus();
  await small.press("Enter");
  await expect(page.getByRole("radio", { name: "Reduction cell" })).toBeChecked();
});

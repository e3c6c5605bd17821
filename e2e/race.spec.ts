/** @file A race on the same dice: lanes that coincide, axes, seeds, health, costs, a budget, and the narrator. */
import type { Page } from "@playwright/test";
import { edges } from "./cell.ts";
import { expect, test } from "./support.ts";

const sheet = (page: Page, name: string) => page.getByRole("radio", { name, exact: true }).check();

test("four lanes on the toy: the same method coincides, whatever they are compared by", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await playground.setMethod("A", "DARTS");
  await playground.compare("RARTS");
  await page.getByLabel("Add lane of a method").selectOption({ label: "DARTS" });
  await playground.isReady("C");
  await playground.button("Add lane to compare").click();
  await playground.isReady("D");
  await page.getByRole("radio", { name: "Passes" }).check();
  await playground.play();
  await playground.hasSteps("B", 10);
  await playground.pause();
  for (const lane of ["B", "C", "D"]) await playground.isReady(lane);
  const steps = async (lane: string) =>
    Number(await playground.head(lane).getAttribute("data-step"));
  // RARTS takes two passes where DARTS takes one: kept abreast by passes, it has taken fewer steps.
  await expect.poll(async () => (await steps("A")) - (await steps("B"))).toBeGreaterThan(0);
  await page.getByRole("radio", { name: "Iterations" }).check();
  const [a, b, c] = await playground.lossesAt(5);
  expect(c).toBe(a);
  expect(b).not.toBe(a);
});

test("differences between lanes are listed, and made equal", async ({ playground, page }) => {
  await playground.open("Toy");
  await playground.setMethod("A", "DARTS");
  await playground.compare("DARTS");
  const list = page.getByRole("region", { name: "Differences between lanes" });
  await expect(list).toContainText("Same dice");
  await playground.set("Look-ahead ξ", "0.5");
  await expect(list).toContainText("Look-ahead ξ: A 0 · B 0.5");
  await list.getByRole("button", { name: "Make equal" }).click();
  await expect(list).toContainText("Same dice");
});

test("a budget stops every lane, the ledger counts, and the narrator tells", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await playground.compare("RARTS");
  await sheet(page, "Cost");
  await page.getByLabel("Stop all at").selectOption({ label: "gradient passes" });
  await page.getByLabel("Budget", { exact: true }).fill("60");
  await page.keyboard.press("Enter");
  await playground.play();
  for (const lane of ["A", "B"]) {
    await playground.hasSteps(lane, 1);
    await playground.isReady(lane);
    const passes = page
      .getByRole("row", { name: new RegExp(`^${lane} `) })
      .getByRole("cell")
      .first();
    await expect.poll(async () => Number(await passes.textContent())).toBeGreaterThanOrEqual(60);
  }
  await sheet(page, "Log");
  const log = page.getByRole("list", { name: "Log" });
  await expect(log).toContainText("budget reached: 60 gradient passes");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    playground.button("Lecture notes").click(),
  ]);
  expect(download.suggestedFilename()).toBe("lecture-notes.md");
});

test("the gap is measured, and seeds agree or not", async ({ playground, page }) => {
  await playground.open();
  await playground.stepTo(1);
  await sheet(page, "Health");
  const health = page.getByRole("region", { name: "Health of lane A" });
  await health.getByRole("button", { name: "Measure the gap of lane A now" }).click();
  await expect(health).toContainText(/mixture\d\.\d{3}cut\d\.\d{3}gap [+−]\d/, { timeout: 60_000 });
  await sheet(page, "Seeds");
  await page.getByLabel("Number of seeds").fill("2");
  await page.getByLabel("Steps a seed").fill("1");
  await page.keyboard.press("Enter");
  await playground.button("Run seeds").click();
  await expect(page.getByText("2 of 2 seeds done.")).toBeVisible({ timeout: 100_000 });
  const agreement = page.getByRole("region", { name: "Agreement of seeds" });
  await expect(agreement).toContainText(/agreement \d+ % \(\d+–\d+ %\)/);
  await agreement.getByRole("button", { name: "Consensus on the cell" }).click();
  await agreement.getByRole("button", { name: "Cell of lane A" }).click();
  // An edge's card says what cutting it alone costs, and who chose what.
  await edges(page).first().focus();
  await expect(page.getByText(/^Cut alone: [+−]\d\.\d{3} loss/)).toBeVisible({ timeout: 100_000 });
  const chosen = page.getByLabel("What each seed chose here");
  await expect(chosen).toContainText(/seeds? [12]/);
});

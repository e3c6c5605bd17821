/** @file A first visit, in every kind of browser. */
import { expect, test } from "./support.ts";

test("a first visit is a list of seven lessons beside the toy", async ({ playground, page }) => {
  const lesson = page.getByRole("complementary", { name: "Lesson" });
  await page.goto("./");
  await playground.isReady("A");
  await expect(lesson.getByRole("listitem")).toHaveCount(7);
  await lesson.getByRole("button", { name: /^Why first-order misses/ }).click();
  await expect(page.getByRole("heading", { name: "Two players" })).toBeFocused();
  await page.getByRole("button", { name: "Play the search" }).click();
  await expect(lesson).toContainText(/After \d+ steps, A is at α = /);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Why it stops at 2" })).toBeVisible();
  await page.getByRole("tab", { name: "Setup" }).click();
  await expect(page.getByLabel("Preset", { exact: true })).toBeVisible();
});

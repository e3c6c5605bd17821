/** @file The referee: a lane's cell is trained alone and stands among random ones, with an interval. */
import { violations } from "./seen.ts";
import { expect, test } from "./support.ts";

test("judges a lane's cell against recorded random cells, and trains more of them", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.stepTo(1);
  await page.getByRole("radio", { name: "Referee" }).check();
  await expect(page.getByText("100 random cells (100 recorded)")).toBeVisible();
  const histogram = page.getByRole("img", { name: /^Histogram of 100 random cells/ });
  await expect(histogram).toBeVisible();
  // Other trainings are another question: what is recorded says nothing to it.
  const steps = page.getByLabel("Steps of each training");
  await steps.fill("4");
  await steps.press("Enter");
  await expect(page.getByText("0 random cells", { exact: true })).toBeVisible();
  await page.getByLabel("More random cells").fill("2");
  await playground.button("Train random cells").click();
  await expect(page.getByText("2 random cells", { exact: true })).toBeVisible({ timeout: 100_000 });
  await playground.button("Judge cell of lane A").click();
  const verdict = page.getByRole("listitem").filter({ hasText: "Judge cell of lane A" });
  await expect(verdict).toContainText(/% right, better than \d+ % of random cells/, {
    timeout: 100_000,
  });
  expect(await violations(page)).toEqual([]);
  // Two cells prove nothing.
  await expect(verdict).toContainText("not distinguishable from luck");
  await expect(page.getByRole("img", { name: /cell of lane A at/ })).toBeVisible();
});

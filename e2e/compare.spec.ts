/** @file Two lanes: different methods go different ways, the same method goes the same way exactly. */
import { expect, test } from "./support.ts";

test("two methods side by side on the toy", async ({ playground, page }) => {
  await playground.open("Toy");
  await playground.setMethod("A", "DARTS");
  await playground.compare("RARTS");
  await expect(page.getByRole("img", { name: /^Phase plane/ })).toHaveAccessibleName(
    /DARTS.* ends at α 2\.000.*RARTS.* ends at α 1\.081/,
  );
  await playground.play();
  await playground.hasSteps("A", 5);
  await playground.hasSteps("B", 5);
  await playground.pause();
  const [darts, rarts] = await playground.lossesAt(4);
  expect(darts).toMatch(/^train /);
  expect(rarts).toMatch(/^train /);
  expect(darts).not.toBe(rarts);
});

test("two methods side by side on CIFAR-10", async ({ playground, page }) => {
  await playground.open();
  await playground.setMethod("A", "DARTS");
  await playground.compare("RARTS");
  for (const lane of ["A", "B"])
    await expect(
      page.getByRole("table", { name: `Lane ${lane}, normal cell: α of every edge` }),
    ).toBeVisible();
  await playground.play();
  await playground.hasSteps("A", 1);
  await playground.hasSteps("B", 1);
  await expect(page.getByRole("region", { name: "Genotype of lane B" })).toHaveText(/^Genotype\(/);
});

test("two lanes of one method and seed coincide exactly", async ({ playground }) => {
  await playground.open();
  await playground.setMethod("A", "DARTS");
  await playground.compare("DARTS");
  await playground.stepTo(1);
  await playground.hasSteps("B", 1);
  const [a, b] = await playground.lossesAt(0);
  expect(a).toMatch(/^train \d/);
  expect(b).toBe(a);
  expect(await playground.genotypeOf("B")).toBe(await playground.genotypeOf("A"));
});

/** @file Two lanes: different methods go different ways, the same method goes the same way exactly. */
import { expect, test } from "./support.ts";

/** "iteration 3; A …: train x, validation y; B …" → each lane's losses. */
const lanesOf = (spoken: string): readonly string[] =>
  spoken
    .split("; ")
    .slice(1)
    .map((lane) => lane.replace(/^.*: /, ""));

test("two methods side by side on the toy", async ({ playground, page }) => {
  await playground.open();
  await playground.choose("Toy");
  await page.getByLabel("Method").selectOption({ label: "DARTS" });
  await playground.compare("RARTS");
  const [a, b] = [page.getByTestId("end-A"), page.getByTestId("end-B")];
  await expect(a).toContainText("α = 2,");
  await expect(b).toContainText("α = 1.08");
  await playground.play();
  await playground.hasSteps("A", 5);
  await playground.hasSteps("B", 5);
  await playground.pause();
  const [darts, rarts] = lanesOf(await playground.lossesAt(4));
  expect(darts).toMatch(/^train /);
  expect(rarts).toMatch(/^train /);
  expect(darts).not.toBe(rarts);
});

test("two methods side by side on CIFAR-10", async ({ playground, page }) => {
  await playground.open();
  await page.getByLabel("Method").selectOption({ label: "DARTS" });
  await playground.compare("RARTS");
  for (const lane of ["A", "B"])
    await expect(
      page.getByRole("region", { name: `Lane ${lane}`, exact: true }).getByRole("table"),
    ).toBeVisible();
  await playground.play();
  await playground.hasSteps("A", 1);
  await playground.hasSteps("B", 1);
  await expect(page.getByRole("region", { name: "Genotype of lane B" })).toHaveText(/^Genotype\(/);
});

test("two lanes of one method and seed coincide exactly", async ({ playground, page }) => {
  await playground.open();
  await page.getByLabel("Method").selectOption({ label: "DARTS" });
  await playground.compare("DARTS");
  await playground.button("Step").click();
  await playground.hasSteps("A", 1);
  await playground.hasSteps("B", 1);
  const [a, b] = lanesOf(await playground.lossesAt(0));
  expect(a).toMatch(/^train \d/);
  expect(b).toBe(a);
  const strip = (lane: string) =>
    page.getByRole("table", { name: `Lane ${lane}, normal cell` }).textContent();
  expect(await strip("B")).toBe(await strip("A"));
});

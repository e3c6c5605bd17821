/** @file A cell that a search has found is trained beside it and judged; a pasted one is read or told what is wrong. */
import { readFile } from "node:fs/promises";
import { test as plain } from "@playwright/test";
import { expect, Playground, test } from "./support.ts";

test("a lane's cell is trained in a lane of its own, and both are judged", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.stepTo(1);
  const found = await playground.genotypeOf("A");
  await playground.button("Train the cell of lane A").click();
  await expect(playground.head("B")).toContainText("Train a genotype");
  await playground.isReady("B");
  const field = page.getByLabel("Genotype to train");
  await expect(field).toHaveValue(found);
  await playground.stepTo(1, "B");
  for (const [lane, kind] of [
    ["A", "supernet"],
    ["B", "network"],
  ] as const) {
    await playground.button(`Evaluate lane ${lane}`).click();
    await expect(page.getByRole("region", { name: `Results of lane ${lane}` })).toContainText(
      new RegExp(`\\d %.* right at step \\d \\(${kind}, `),
      { timeout: 100_000 },
    );
  }
});

test("a wrong genotype stays in its field, with the place of its fault", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.setMethod("A", "Train a genotype");
  const field = page.getByLabel("Genotype to train");
  const train = playground.button("Train this genotype");
  await field.fill("Genotype(\nnormal=7)");
  await expect(page.getByText("Cannot be trained: line 2, column 8: expected")).toBeVisible();
  await expect(train).toBeDisabled();
  await playground.setMethod("A", "DARTS");
  await playground.setMethod("A", "Train a genotype");
  await expect(field).toHaveValue("Genotype(\nnormal=7)");
});

plain(
  "a search goes on from its last good state when the engine's worker dies",
  async ({ page }, { project }) => {
    plain.skip(project.name === "webgpu", "what the page keeps does not depend on the backend");
    const playground = new Playground(page, undefined);
    await playground.open();
    await playground.playTo(20);
    const before = await playground.keptStep();
    // Not its helpers, which sleep until they are needed.
    for (const worker of page.workers().filter((w) => /worker/.test(w.url())))
      await worker.evaluate(() =>
        setTimeout(() => {
          throw new Error("killed by the test");
        }),
      );
    const goOn = page
      .getByRole("button", { name: `Go on from step ${before}`, exact: true })
      .first();
    await goOn.click();
    await playground.isReady("A");
    await playground.hasSteps("A", before);
    await playground.stepTo(before + 1);
  },
);

test("a genotype is saved in every format that can hold it", async ({ playground, page }) => {
  await playground.open();
  const format = page.getByLabel("Format of lane A's genotype");
  const files = {
    Paper: "darts-genotype.txt",
    Nested: "darts-genotype-nested.txt",
    JSON: "darts-genotype-json.json",
  };
  expect(await format.getByRole("option").allTextContents()).toEqual(Object.keys(files));
  for (const [name, saves] of Object.entries(files)) {
    await format.selectOption(name);
    const shown = await playground.genotypeOf("A");
    const saved = page.waitForEvent("download");
    await playground.button("Save genotype of lane A").click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe(saves);
    expect(await readFile(await file.path(), "utf8")).toBe(`${shown}\n`);
  }
});

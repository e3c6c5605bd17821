/** @file The loop that the page is for: play, watch α move, tune, pause, reset, read the genotype. */
import { expect, test } from "./support.ts";

test("searches a CIFAR-10 cell, live", async ({ playground, page }, { project }) => {
  await playground.open();
  await expect(page.getByRole("radio", { name: "CIFAR-10 16×16" })).toBeChecked();
  await expect(page.getByLabel("Preset")).toHaveValue("tiny");
  if (project.name === "no-webgpu") {
    await playground.backend().click();
    await expect(page.getByText(/^Not WebGPU: |WebAssembly SIMD/).first()).toBeVisible();
    await page.keyboard.press("Escape");
  }

  const alpha = page.getByRole("table", { name: "Lane A, normal cell: α of every edge" });
  await expect(alpha.getByRole("row")).toHaveCount(1 + 5);
  const before = (await alpha.textContent()) ?? "";
  await playground.play();
  await playground.hasSteps("A", 1);
  // At the preset's rate α moves by less than the strip's three digits in so few steps.
  await playground.set("Learning rate of α", "0.1");
  const tuned = Number(await playground.head("A").getAttribute("data-step"));
  await playground.hasSteps("A", tuned + 2);
  await expect(alpha).not.toHaveText(before);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await playground.pause();

  await expect(page.getByRole("region", { name: "Genotype of lane A" })).toHaveText(
    /^Genotype\(normal=\[\('\w+', [01]\), .*\], normal_concat=range\(2, 4\), reduce=\[.*\)$/,
  );
});

test("reset repeats the same run to the last digit", async ({ playground }) => {
  const twoSteps = async () => {
    for (const step of [1, 2]) {
      await playground.stepTo(step);
      await playground.isReady("A");
    }
    return [await playground.lossesAt(0), await playground.lossesAt(1)];
  };
  await playground.open();
  const first = await twoSteps();
  expect(first[0]?.[0]).toMatch(/^train \d\.\d+, validation \d\.\d+$/);
  expect(first[0]).not.toEqual(first[1]);
  await playground.reset();
  expect(await twoSteps()).toEqual(first);
});

/** @file Time: a run can be scrubbed, branched, walked through, saved, verified, and gone on with after a loss. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./support.ts";

const scrubber = (page: Page) => page.getByRole("slider", { name: "Step on show" });

test("scrubs back and forth, and a fork without a change coincides with its parent", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.playTo(20);
  await scrubber(page).fill("12");
  await expect(playground.head("A")).toHaveAttribute("data-step", "12");
  const then = await playground.resultsOf("A");
  await page.keyboard.press("Escape");
  await playground.button("Step back").click();
  await expect(playground.head("A")).toHaveAttribute("data-step", "11");
  await playground.button("Step").click();
  await expect(playground.head("A")).toHaveAttribute("data-step", "12");
  expect(await playground.resultsOf("A")).toBe(then);

  await playground.button("Fork").click();
  await playground.isReady("B");
  await expect(playground.head("B")).toHaveAttribute("data-step", "12");
  await expect(playground.head("B")).toContainText(/from A at step 12(?!\d)/);
  await playground.stepTo(13, "B");
  const [parent, child] = await playground.lossesAt(12);
  expect(child).toBe(parent);
});

test("travels by the ribbon, and back to the present", async ({ playground, page }) => {
  await playground.open();
  await playground.playTo(10);
  const ribbon = page.getByRole("slider", { name: "Decisions of lane A, normal cell: moment" });
  await ribbon.focus();
  await ribbon.press("Home");
  await expect(playground.head("A")).toHaveAttribute("data-step", "0");
  await ribbon.press("ArrowRight");
  await expect(playground.head("A")).toHaveAttribute("data-step", "1");
  await playground.button("Live").click();
  await expect(playground.button("Live")).toHaveAttribute("aria-disabled", "true");
  await playground.hasSteps("A", 10);
});

test("walks through the phases of a step in the method's own order", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await playground.setMethod("A", "DARTS");
  await playground.set("Look-ahead ξ", "0.5");
  const strip = page.getByRole("region", { name: "Phases of one step" });
  await playground.button("Phase").click();
  for (const phase of ["w′", "∇ at w′", "w±", "− ξ/2ε", "α", "w"]) {
    await expect(strip.locator("[aria-current=step]")).toHaveText(phase);
    await page.keyboard.press(".");
  }
  await expect(strip).toBeHidden();
  await playground.hasSteps("A", 1);
});

test("saves a run as a file, opens it, and verifies it", async ({ playground, page }, info) => {
  await playground.open("Toy");
  await playground.playTo(20);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    playground.button("Save run").click(),
  ]);
  const path = info.outputPath("run.nasrun");
  await download.saveAs(path);
  const open = page.getByLabel("Run file to open");
  await open.setInputFiles(path);
  await expect(playground.head("A")).toHaveAttribute("data-status", "recorded");
  await playground.button("Verify lane A").click();
  await expect(page.getByText(/^Identical through \d+ steps\.$/)).toBeVisible({ timeout: 60_000 });

  const broken = Buffer.from(readFileSync(path)).fill(0, 40, 60);
  await open.setInputFiles({ name: "broken.nasrun", mimeType: "", buffer: broken });
  await expect(page.getByRole("alert", { name: "File refused" })).toContainText("broken.nasrun");
});

test("goes on after a reload, to the same step", async ({ playground, page }) => {
  await playground.open("Toy");
  await playground.playTo(20);
  const steps = await playground.keptStep();
  await page.reload();
  await page.getByRole("button", { name: new RegExp(`^Continue .* step ${steps}$`) }).click();
  await playground.isReady("A");
  await expect(playground.head("A")).toHaveAttribute("data-step", String(steps));
  await playground.stepTo(steps + 1);
});

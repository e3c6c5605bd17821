/** @file Recorded runs: replayed by method and seed, their seeds beside a lane's own, and Random behind the race. */
import { edges } from "./cell.ts";
import { overflow, violations } from "./seen.ts";
import { expect, test } from "./support.ts";

test("replays recorded runs by method and seed, with everything by keyboard", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await page.getByRole("radio", { name: "Toy" }).focus();
  for (let i = 0; i < 9; i++) {
    if (await page.getByRole("radio", { name: "Replay" }).isChecked()) break;
    await page.keyboard.press("ArrowLeft");
  }
  const head = playground.head("A");
  await expect(head).toHaveAttribute("data-status", "recorded", { timeout: 100_000 });
  await expect(head).toContainText(/recorded \d{4}-\d\d-\d\d, .+: DARTS, first order, seed 1/);
  const runs = page.getByRole("region", { name: "Recorded runs" });
  await expect(runs).toContainText(/Preset tiny, 936 steps a seed. Recorded on \d{4}-\d\d-\d\d/);
  const rarts = runs.getByRole("button", { name: "Replay RARTS, seed 4" });
  await rarts.focus();
  await page.keyboard.press("Enter");
  await expect(rarts).toHaveAttribute("aria-pressed", "true");
  await expect(head).toContainText("RARTS");
  await playground.play();
  await expect.poll(async () => Number(await head.getAttribute("data-step"))).toBeLessThan(900);
  await playground.hasSteps("A", 3);
  await playground.button("Pause").click();
  expect(await violations(page), "a recorded run").toEqual([]);

  await runs.getByRole("button", { name: "Replay All, side by side, seed 2" }).click();
  await expect(playground.head("E")).toHaveAttribute("data-status", "recorded");
  // On the same seed both orders of DARTS begin at the same w, but look for L_val at another one.
  const [first, second] = await playground.lossesAt(0);
  expect(second?.split(",")[0]).toBe(first?.split(",")[0]);
  expect(second).not.toBe(first);

  // Back to computing, with the methods that were on show.
  await page.getByRole("radio", { name: "CIFAR-10 16×16" }).check();
  await playground.isReady("A");
  await expect(page.getByRole("radio", { name: "Replay" })).not.toBeChecked();
});

test("recorded seeds stand beside a lane's own: fan, consensus, ranks, and each seed's run", async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.getByRole("radio", { name: "Seeds" }).check();
  await page.getByLabel("Recorded seeds").selectOption({ label: "EDAS, 6 seeds" });
  await expect(
    page.getByRole("img", { name: "Validation losses of 6 recorded seeds" }),
  ).toBeVisible();
  const agreement = page.getByRole("region", { name: "Agreement of recorded seeds" });
  await expect(agreement).toContainText(/agreement \d+ % \(\d+–\d+ %\)/);
  await agreement.getByRole("button", { name: "Consensus on the cell" }).click();
  await expect(playground.head("A")).toContainText("what seeds agree on");
  await edges(page).first().focus();
  const chosen = page.getByLabel("What each seed chose here");
  await expect(chosen.getByRole("button", { name: /^Replay EDAS, seed [1-6]$/ })).toHaveCount(6);

  const ranks = page.getByRole("region", { name: "Ranks over seeds" });
  await expect(
    ranks.getByRole("img", { name: /^Ranks on edge .*: .* first in \d of 6/ }),
  ).toHaveCount(5);
  expect(await violations(page), "ranks as dots").toEqual([]);
  await page.getByRole("main").focus();
  await page.keyboard.press("t");
  const table = ranks.getByRole("table", { name: /^Ranks on edge/ }).first();
  await expect(table.getByRole("row")).toHaveCount(9);
  // Eight ranks of one seed, whoever has them.
  const ofSeed = await table
    .getByRole("row")
    .evaluateAll((rows) => rows.slice(1).map((row) => Number(row.children[1]?.textContent)));
  expect(ofSeed.reduce((sum, rank) => sum + rank, 0)).toBe(36);
  expect(await violations(page), "ranks as tables").toEqual([]);
  await page.keyboard.press("t");

  await page.getByRole("button", { name: "Replay EDAS, seed 3" }).last().click();
  await expect(playground.head("A")).toHaveAttribute("data-status", "recorded");
  await expect(page.getByRole("button", { name: "Lane A: EDAS, seed 3" })).toBeVisible();
});

test("Random stands behind the race until it is taken away, where it was recorded", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.button("Step").click();
  const random = page.getByRole("button", { name: "Random behind the race" });
  await expect(random).toHaveAttribute("aria-pressed", "true");
  const losses = page.getByRole("region", { name: "Losses" });
  await expect(losses).toContainText(/6 recorded, \d\.\d\d–\d\.\d\d at step 936/);
  await random.press("Space");
  await expect(random).toHaveAttribute("aria-pressed", "false");
  await expect(losses).not.toContainText("6 recorded");
  await page.getByLabel("Preset", { exact: true }).selectOption({ label: "NAS-Bench-201, tiny" });
  await playground.isReady("A");
  await expect(random).toHaveCount(0);
  // Nor were random cells: the referee says so, and what it takes to have some.
  await page.getByRole("radio", { name: "Referee" }).check();
  await expect(
    page.getByText(/^No random cells were recorded for this problem: 100 come/),
  ).toBeVisible();
  await expect(page.getByText(/more, about \d+ (s|min), in the background/)).toBeVisible({
    timeout: 100_000,
  });
});

test("a phone replays without a question, and nothing is wider than its screen", async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open("Toy");
  await page.getByRole("radio", { name: "Replay" }).check();
  await expect(playground.head("A")).toHaveAttribute("data-status", "recorded", {
    timeout: 100_000,
  });
  await page.getByRole("button", { name: "Replay EDAS, seed 6" }).click();
  await expect(playground.head("A")).toContainText("EDAS");
  await playground.play();
  await expect(playground.button("Pause")).toBeVisible();
  expect((await overflow(page)).x).toBe(0);
});

/** @file The solvable model: a run ends where its steps are predicted to lead, and predictions follow every control. */
import type { Locator, Page } from "@playwright/test";
import { overflow } from "./seen.ts";
import { expect, test } from "./support.ts";

const plane = (page: Page) => page.getByRole("img", { name: /^Phase plane/ });
const slider = (page: Page, name: string) => page.getByRole("slider", { name, exact: true });
/** A row of a lane's table, as numbers: α, w, y where there is one, the distance to the optimum, (α − 1)². */
async function row(page: Page, lane: string, name: string): Promise<readonly number[]> {
  const table = page.getByRole("table", { name: `Lane ${lane}: where it is` });
  const cells = table.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");
  return (await cells.allTextContents()).map((text) => Number(text.replace("−", "-")));
}
const fullSpeed = (page: Page) => page.getByLabel("Speed limit").press("End");

for (const [method, ring, end] of [
  ["DARTS", "ends at α 2.000, w 2.000", [2, 2, Math.SQRT2, 1]],
  [
    "RARTS",
    "ends at α 1.081, w 1.027, y 0.919",
    [40 / 37, 38 / 37, 34 / 37, 0.0853, (3 / 37) ** 2],
  ],
] as const) {
  test(`${method} ends on its ring`, async ({ playground, page }) => {
    await playground.open("Toy");
    await playground.setMethod("A", method);
    await expect(plane(page)).toHaveAccessibleName(new RegExp(ring));
    const predicted = await row(page, "A", "predicted end");
    for (const [i, value] of end.entries()) expect(predicted[i]).toBeCloseTo(value, 3);
    await fullSpeed(page);
    await playground.play();
    await expect
      .poll(
        async () => {
          const now = await row(page, "A", "now");
          return Math.max(...end.map((value, i) => Math.abs((now[i] ?? 9) - value)));
        },
        { timeout: 100_000, message: `${method} reaches its end` },
      )
      .toBeLessThan(2e-3);
  });
}

test("the ring and its meaning move under a slider, before and while the run plays", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await playground.setMethod("A", "DARTS");
  const lane = page.getByRole("region", { name: "Lane A", exact: true });
  await expect(plane(page)).toHaveAccessibleName(/ends at α 2\.000/);
  await expect(lane).toContainText("First order");
  await lane.getByRole("button", { name: /^Set ξ to ½/ }).click();
  await expect(plane(page)).toHaveAccessibleName(/ends at α 1\.000/);
  await expect(lane).toContainText("It ends on the optimum");
  await playground.play();
  await playground.hasSteps("A", 5);
  await playground.set("Look-ahead ξ", "1");
  await expect(plane(page)).toHaveAccessibleName(/ends at α 0\.667/);
  await expect(lane).toContainText("too far");
  await expect(playground.head("A")).toHaveAttribute("data-status", "playing");
});

test("a map says where steps diverge, and there the engine does", async ({ playground, page }) => {
  await playground.open("Toy");
  await playground.setMethod("A", "RARTS");
  const rates = slider(page, "Step sizes of A");
  await expect(rates).toHaveAttribute("aria-valuetext", /0\.05.*settles$/);
  const spring = slider(page, "λ and β of A");
  await spring.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("Shift+ArrowUp");
  await expect(spring).toHaveAttribute("aria-valuetext", /diverges$/);
  await expect(rates).toHaveAttribute("aria-valuetext", /diverges$/);
  await expect(plane(page)).toHaveAccessibleName(/diverges at these rates/);
  await fullSpeed(page);
  await playground.play();
  await expect
    .poll(async () => Math.abs((await row(page, "A", "now"))[0] ?? 0), { timeout: 100_000 })
    .toBeGreaterThan(100);
});

const startText = (handle: Locator) => handle.getAttribute("aria-valuetext");

test("the start is dragged, typed and moved by keys, and a begun run starts anew there", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await playground.setMethod("A", "DARTS");
  const handle = slider(page, "Starting point");
  await expect(handle).toHaveAttribute("aria-valuetext", "α 2, w −2");
  await handle.focus();
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(handle).toHaveAttribute("aria-valuetext", "α 1.95, w −1.5");
  await page.getByLabel("Starting point, w", { exact: true }).fill("-1");
  await page.keyboard.press("Enter");
  await expect(handle).toHaveAttribute("aria-valuetext", "α 1.95, w −1");
  await expect.poll(() => row(page, "A", "now")).toEqual([1.95, -1, expect.any(Number), 0.9025]);

  await playground.playTo(5);
  // Waits until it stands still.
  await handle.hover();
  const box = await handle.boundingBox();
  if (!box) throw new Error("the starting point has no place on the screen");
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y - 50, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => startText(handle)).not.toBe("α 1.95, w −1");
  await expect(playground.head("A")).toHaveAttribute("data-step", "0");
  const typed = Number(await page.getByLabel("Starting point, α", { exact: true }).inputValue());
  await expect.poll(async () => (await row(page, "A", "now"))[0]).toBeCloseTo(typed, 2);
});

test("any point is read out by keyboard, and twenty starts are drawn at once", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  const probe = slider(page, "Read a point of the plane");
  await probe.focus();
  await page.keyboard.press("ArrowRight");
  await expect(probe).toHaveAttribute("aria-valuetext", /L_val .*from the optimum; a step of A/);
  const starts = page.getByRole("button", { name: "20 starts", exact: true });
  await starts.click();
  await expect(starts).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("20 starts of A, predicted")).toBeVisible();
});

test("fits a phone and a projector", async ({ playground, page }) => {
  await playground.open("Toy");
  await playground.compare("RARTS");
  for (const [width, height] of [
    [1366, 641],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(slider(page, "Starting point")).toBeVisible();
    expect((await overflow(page)).x).toBe(0);
    if (width > 900)
      for (const name of ["Step sizes of B", "λ and β of B", "Starting point"])
        await expect(slider(page, name)).toBeInViewport();
  }
});

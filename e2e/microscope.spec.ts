/** @file The bilevel microscope and the ribbon: what pulls α, what was drawn, an epoch at a time, and flips in a window. */
import type { Page } from "@playwright/test";
import { edges } from "./cell.ts";
import { violations } from "./seen.ts";
import { expect, type Playground, test } from "./support.ts";

const strip = (page: Page) => page.getByRole("region", { name: "Phases of one step" });
const ribbon = (page: Page) =>
  page.getByRole("slider", { name: "Decisions of lane A, normal cell: moment" });

/** Goes on until the phase of this label is on show. */
async function toPhase(page: Page, label: string): Promise<void> {
  const here = strip(page).locator("[aria-current=step]");
  while ((await here.textContent()) !== label) {
    const before = (await here.textContent()) ?? "";
    await page.keyboard.press(".");
    await expect(here).not.toHaveText(before);
  }
}
const begins = async (playground: Playground, page: Page, method: string) => {
  await playground.open();
  await playground.setMethod("A", method);
  return page;
};

test("shows the batch that was drawn, and what pulls α by first and second order", async ({
  playground,
  page,
}) => {
  await begins(playground, page, "DARTS");
  await playground.set("Look-ahead ξ", "0.05");
  await playground.button("Phase").click();
  for (const half of ["train, for w", "val, for α"])
    await expect(strip(page).getByRole("img", { name: `Batch ${half}: 16 images` })).toBeVisible({
      timeout: 100_000,
    });
  await toPhase(page, "α");
  const arrows = strip(page).getByRole("list", { name: "Arrows" }).getByRole("listitem");
  await expect(arrows).toHaveText([/first order/, /second-order correction/]);
  await expect(strip(page)).toContainText(
    /Full length [\d.]+ %.*how much of softmax α its term moves/,
  );
  await expect(edges(page).first()).toHaveAttribute(
    "aria-label",
    /first order.*: [\d.e-]+ % towards .*, away from .*second-order correction: /,
  );
  for (const part of ["main", "[aria-label='Phases of one step']"])
    expect(await violations(page, part)).toEqual([]);
  // With the step done, there are none.
  await toPhase(page, "w");
  await page.keyboard.press(".");
  await playground.hasSteps("A", 1);
  await expect(edges(page).first()).not.toHaveAttribute("aria-label", /first order/);
});

test("lights the one edge that EDAS drew and clamps the others", async ({ playground, page }) => {
  await begins(playground, page, "EDAS");
  await playground.set("Warm-up", "0");
  await playground.button("Phase").click();
  await expect(strip(page).getByRole("img").first()).toBeVisible({ timeout: 100_000 });
  await toPhase(page, "0 | 1");
  const labels = () =>
    edges(page).evaluateAll((all) => all.map((e) => e.getAttribute("aria-label")));
  await expect
    .poll(async () => (await labels()).filter((l) => / (1|0)\.00/.test(l ?? "")).length)
    .toBe((await labels()).length - 1);
  await toPhase(page, "α[e]");
  await expect(strip(page)).toContainText("(reconstruction)");
  await expect
    .poll(async () => (await labels()).filter((l) => l?.includes("towards")).length)
    .toBe(1);
});

test("runs one epoch and pauses there, and says that the toy has none", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await expect(playground.button("One epoch")).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Alt+ArrowRight");
  const notice = page.getByRole("alert", { name: "No epoch" });
  await expect(notice).toContainText("no examples");
  await notice.getByRole("button").click();
  await playground.choose("CIFAR-10 16×16");
  const title = (await playground.button("One epoch").getAttribute("title")) ?? "";
  const epoch = Number(/epoch of ([\d,]+) steps/.exec(title)?.[1]?.replace(",", ""));
  expect(epoch).toBeGreaterThan(1);
  await page.keyboard.press("Alt+ArrowRight");
  await playground.hasSteps("A", 1);
  await playground.hasSteps("A", epoch);
  await playground.isReady("A");
  await expect(playground.head("A")).toHaveAttribute("data-step", String(epoch));
});

test("previews under the pointer, and counts flips in a brushed window", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.playTo(20);
  const head = playground.head("A");
  const box = (await ribbon(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const across = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const;
  const stepShown = async () => Number(await head.getAttribute("data-step"));
  await page.mouse.move(...across(0.04));
  await expect.poll(stepShown).toBeLessThan(20);
  await expect(page.getByRole("tooltip")).toContainText("Flips of this edge so far");
  await page.mouse.move(2, 2);
  await expect.poll(stepShown).toBeGreaterThanOrEqual(20);
  await page.mouse.move(...across(0.1));
  await page.mouse.down();
  await page.mouse.move(...across(0.3), { steps: 3 });
  await page.mouse.up();
  await page.mouse.move(2, 2);
  const readout = page.getByText(/^flips in window: \d+, steps \d+–\d+$/);
  await expect(readout).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(readout).toBeHidden();
  // The same by keys: all of the run, whose flips are those of its parts.
  const countIn = async () =>
    Number(/window: (\d+)/.exec((await readout.textContent()) ?? "")?.[1]);
  await ribbon(page).focus();
  await ribbon(page).press("Shift+End");
  await expect(readout).toContainText("steps 0–");
  const present = /–(\d+)$/.exec((await readout.textContent()) ?? "")?.[1] ?? "";
  await expect(head).toHaveAttribute("data-step", present);
  const all = await countIn();
  await ribbon(page).press("Home");
  for (let i = 0; i < 7; i++) await ribbon(page).press("ArrowRight");
  await expect(head).toHaveAttribute("data-step", "7");
  await ribbon(page).press("Shift+End");
  await expect(readout).toHaveText(/steps 0–7$/);
  const before = await countIn();
  await ribbon(page).press("Escape");
  await ribbon(page).press("Shift+Home");
  await expect(readout).toHaveText(new RegExp(`steps 7–${present}$`));
  expect(before + (await countIn())).toBe(all);
});

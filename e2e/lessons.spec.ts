/** @file Lessons by link and by hand, predict-then-reveal, embedding, and keys that can be changed. */
import type { Page } from "@playwright/test";
import { edges } from "./cell.ts";
import { overflow, violations } from "./seen.ts";
import { expect, test } from "./support.ts";

const lesson = (page: Page) => page.getByRole("complementary", { name: "Lesson" });

test("hands are counted before the answer is played", async ({ playground, page }) => {
  await page.goto("./#lesson/first-order/3");
  await playground.isReady("A");
  const card = page.getByRole("region", { name: "Predict, then reveal" });
  await card.getByRole("button", { name: /^2: On 1/ }).click();
  await page.getByRole("main").focus();
  await page.keyboard.press("2");
  await page.keyboard.press("3");
  await expect(card.getByRole("button", { name: "2: On 1, 2 hands" })).toBeVisible();
  await expect(card.getByRole("button", { name: "3: Below 1, 1 hand" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: /^Reveal/ }).click();
  await expect(card).toContainText("2 of 3 hands had it", { timeout: 60_000 });
});

/** How far each part that the eye should see whole has to be scrolled, by its label. */
const scrolls = (page: Page, within: string) =>
  page.evaluate(
    (selector) =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .filter((e) => /auto|scroll/.test(getComputedStyle(e).overflowY))
        .map((e) => e.scrollHeight - e.clientHeight)
        .filter((px) => px > 1),
    within,
  );

test("embedded with the lesson beside it, a cell and a plane fit 640 × 420", async ({
  playground,
  page,
}) => {
  for (const chapter of ["one-edge/1", "first-order/1", "luck/1"]) {
    await page.goto("about:blank");
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.goto(`./#lesson/${chapter}`);
    await playground.isReady("A");
    await page.getByText("Link for another page").click();
    await page.getByRole("button", { name: "Make the link" }).click();
    await page.getByRole("link", { name: "The embedded page" }).click();
    await expect(page.getByRole("banner")).toBeHidden();
    await page.setViewportSize({ width: 640, height: 420 });
    await playground.isReady("A");
    expect(await overflow(page)).toEqual({ x: 0, y: 0 });
    expect(await scrolls(page, "main, main *, :has(> main)"), chapter).toEqual([]);
    const act = lesson(page).getByRole("button", { name: /^(?:Take one step|Play )/ });
    await expect(act).toBeInViewport({ ratio: 1 });
    const picture = page.getByRole("main").locator("svg[role]").first();
    await expect(picture).toBeInViewport({ ratio: 0.99 });
  }
});

test("a whole deck by the keyboard alone", async ({ playground, page }) => {
  await page.goto("./");
  await playground.isReady("A");
  const tabTo = async (name: RegExp) => {
    const here = page.locator(":focus");
    for (let stops = 0; stops < 60; stops++) {
      await page.keyboard.press("Tab");
      const [text, label] = [await here.textContent(), await here.getAttribute("aria-label")];
      if (name.test(label ?? text ?? "")) return;
    }
    throw new Error(`no stop of Tab is called ${name}`);
  };
  await tabTo(/^Why first-order misses/);
  await page.keyboard.press("Enter");
  const titles = [
    "Two players",
    "Why it stops at 2",
    "Predict: look ahead",
    "Predict: look too far",
  ];
  for (const title of [...titles, "Your turn"]) {
    await expect(page.getByRole("heading", { name: title })).toBeFocused();
    if (title.startsWith("Predict")) {
      await tabTo(/^2: On 1/);
      await page.keyboard.press("Enter");
      await tabTo(/^Reveal/);
    } else await tabTo(/^Play /);
    await page.keyboard.press("Enter");
    await expect(lesson(page)).toContainText(/On the screen: .*α = /, { timeout: 60_000 });
    if (title.startsWith("Predict"))
      await expect(lesson(page)).toContainText(/1 of 1 hand had it|0 of 1 hand had it/, {
        timeout: 60_000,
      });
    await tabTo(/^(?:Next|Finish)$/);
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("heading", { name: "Seven lessons" })).toBeVisible();
});

test("on a low screen an edge's card shows all it knows", async ({ playground, page }) => {
  await page.setViewportSize({ width: 1366, height: 641 });
  await page.goto("./#lesson/one-edge/1");
  await playground.isReady("A");
  await playground.stepTo(1);
  for (const edge of [0, 4]) {
    await edges(page).nth(edge).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Cut alone: .*at step 1$/)).toBeInViewport({
      ratio: 1,
      timeout: 60_000,
    });
    await expect(page.getByRole("button", { name: "Close the card" })).toBeInViewport({ ratio: 1 });
    expect(await scrolls(page, "[data-card]")).toEqual([]);
    await page.getByRole("button", { name: "Close the card" }).click();
  }
});

for (const [width, height] of [
  [1366, 768],
  [1366, 641],
] as const)
  test(`a lesson's button and its ways on are in sight at ${width} × ${height}`, async ({
    playground,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    for (const chapter of ["first-order/5", "same-dice/2", "luck/3", "stop-now/2"]) {
      await page.goto("about:blank");
      await page.goto(`./#lesson/${chapter}`);
      await playground.isReady("A");
      const rail = lesson(page);
      const act = rail.getByRole("button", { name: /^(?:Reveal|Play)/ });
      for (const button of [act, rail.getByRole("button", { name: "Back" })])
        await expect(button, chapter).toBeInViewport({ ratio: 1 });
      await expect(rail.getByRole("button", { name: /^(?:Next|Finish)$/ })).toBeInViewport({
        ratio: 1,
      });
      const box = await rail.evaluate((e) => e.scrollWidth - e.clientWidth);
      expect(box, `${chapter} is cut off`).toBeLessThanOrEqual(0);
    }
  });

test("a link shows the page embedded, with parts hidden", async ({ playground, page }) => {
  await page.goto("./");
  await playground.isReady("A");
  await page.getByText("Link for another page").click();
  for (const part of ["Lesson and Setup", "Results", "Fork"])
    await page.getByRole("checkbox", { name: part }).check();
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("link", { name: "The embedded page" }).click();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(playground.button("Fork")).toBeHidden();
  await page.setViewportSize({ width: 640, height: 420 });
  await expect(playground.button("Play")).toBeInViewport();
  expect((await overflow(page)).x).toBe(0);
  await playground.play();
  await playground.hasSteps("A", 2);
});

test("a key can be changed, and letters switched off", async ({ playground, page }) => {
  await page.goto("./");
  await playground.isReady("A");
  await page.keyboard.press("?");
  await page.getByRole("button", { name: /^Another key for: Present/ }).click();
  await page.keyboard.press("q");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.keyboard.press("q");
  await expect(page.getByRole("button", { name: "Leave" })).toBeVisible();
  await page.keyboard.press("q");
  await page.reload();
  await playground.isReady("A");
  await playground.button("Help").click();
  await page.getByLabel("Letters, digits and signs are keys").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("q");
  // A key that is no letter: once it has been obeyed, the letter has been passed over.
  await page.keyboard.press("ArrowRight");
  await playground.hasSteps("A", 1);
  await expect(page.getByRole("button", { name: "Leave" })).toBeHidden();
});

test("twelve stops of Tab at most lead to the transport", async ({ playground, page }) => {
  await page.goto("./");
  await playground.isReady("A");
  const isThere = () => page.evaluate(() => !!document.activeElement?.closest("#transport"));
  let stops = 0;
  while (stops < 13 && !(await isThere())) {
    await page.keyboard.press("Tab");
    stops += 1;
  }
  expect(stops).toBeLessThanOrEqual(12);
});

test("fits a phone, and asks nothing of it but the toy", async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("./#lesson/first-order");
  await playground.isReady("A");
  await expect(page.getByRole("heading", { name: "Two players" })).toBeInViewport();
  await expect(playground.button("Play")).toBeInViewport();
  expect((await overflow(page)).x).toBe(0);
});

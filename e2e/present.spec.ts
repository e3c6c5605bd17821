/** @file Presenting to a class: by keys alone, and every word and line large enough for the last row. */
import type { Page } from "@playwright/test";
import { edges } from "./cell.ts";
import { drawn, overflow, violations } from "./seen.ts";
import { expect, test } from "./support.ts";

test("presents to a class by keys alone, and finds the way back", async ({ playground, page }) => {
  await page.goto("./#lesson/spring");
  await playground.isReady("A");
  await page.getByRole("main").focus();
  await page.keyboard.press("p");
  await expect(page.getByRole("heading", { name: "A second copy" })).toBeVisible();
  const lesson = page.getByRole("complementary", { name: "Lesson" });
  await expect(lesson).toBeHidden();
  await page.keyboard.press("4");
  await expect(page.getByRole("heading", { name: "Too soft" })).toBeVisible();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("header *, main p, main button, nav button")]
      .filter((e) => e.textContent?.trim() && e.checkVisibility())
      .map((e) => Number.parseFloat(getComputedStyle(e).fontSize))
      .filter((px) => px < 18),
  );
  expect(small, "smaller than 18 px").toEqual([]);
  for (const [width, height] of [
    [1366, 641],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await overflow(page)).toEqual({ x: 0, y: 0 });
  }
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("b");
  await expect(page.getByRole("button", { name: /^The screen is blank/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(lesson).toBeVisible();
});

/**
 * Every visible text of the stage, the head and the transport that is drawn less than 18 px high, with its size, once each
 * cell is drawn for the size that its stage has now.
 */
async function smallTexts(page: Page) {
  await drawn(page);
  return page.evaluate(() => {
    for (const cell of document.querySelectorAll("svg[role=graphics-document][width]"))
      if (Math.abs(Number(cell.getAttribute("width")) - (cell.parentElement?.clientWidth ?? 0)) > 1)
        return ["a cell is not laid out yet"];
    const shown = [...document.querySelectorAll("header *, main *, nav *")].filter(
      (e) =>
        e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim()) &&
        getComputedStyle(e).clipPath === "none" &&
        !e.closest(".visually-hidden"),
    );
    return shown.flatMap((e) => {
      // Letters in a drawing are as large as the drawing is scaled.
      const { a, b } = (e as SVGGraphicsElement).getScreenCTM?.() ?? { a: 1, b: 0 };
      const scale = Math.hypot(a, b);
      const px = Number.parseFloat(getComputedStyle(e).fontSize) * scale;
      return px < 17.9 ? [`${e.textContent?.trim()}: ${px.toFixed(1)} px`] : [];
    });
  });
}

for (const [lanes, chapter, last, method] of [
  ["one lane", "one-edge/1", "A", "DARTS"],
  ["two lanes", "luck/1", "B", "Random"],
  ["four lanes", "same-dice/3", "D", "MiLeNAS"],
] as const)
  test(`the last row reads every word with ${lanes}`, async ({ playground, page }) => {
    await page.goto(`./#lesson/${chapter}`);
    await expect(page.getByTestId(`lane-${last}`)).toContainText(method);
    if (last !== "D") await expect(edges(page)).toHaveCount(5);
    await playground.isReady(last);
    await page.getByRole("main").focus();
    await page.keyboard.press("p");
    await page.keyboard.press("ArrowRight");
    await playground.hasSteps("A", 1);
    const headline = page
      .getByRole("banner")
      .getByText(/^(?:[A-D] )?(?:step|α) [−\d.]+$/)
      .first();
    await expect(headline).toBeVisible();
    for (const [width, height] of [
      [1366, 768],
      [1366, 641],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => smallTexts(page), `at ${width} × ${height}`).toEqual([]);
      expect(await overflow(page)).toEqual({ x: 0, y: 0 });
    }
    const px = await headline.evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize));
    expect(px).toBeGreaterThanOrEqual(40);
    // What is drawn of a search: the nodes, or the trails.
    const strokes = await page.evaluate(() =>
      [
        ...document.querySelectorAll<SVGGraphicsElement>(
          "main [role=graphics-symbol] circle, main path[stroke-dasharray]:not([data-broad])",
        ),
      ].map((e) => Number.parseFloat(getComputedStyle(e).strokeWidth) * (e.getScreenCTM()?.a ?? 0)),
    );
    expect(strokes.length).toBeGreaterThan(0);
    expect(Math.min(...strokes)).toBeGreaterThanOrEqual(2.5);
  });

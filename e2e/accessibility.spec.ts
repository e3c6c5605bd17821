/** @file axe finds nothing on any screen, and the loop works by keyboard alone. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support.ts";

async function violations(page: Page): Promise<readonly string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const results = await new AxeBuilder({ page }).withTags(tags).analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(" ")}`,
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async ({ playground, page }) => {
    await page.emulateMedia({ colorScheme });
    await playground.open();
    expect(await violations(page), "CIFAR-10, ready").toEqual([]);
    await playground.choose("Toy");
    await playground.compare("RARTS");
    await playground.play();
    await playground.hasSteps("A", 3);
    expect(await violations(page), "toy, two lanes, running").toEqual([]);
    await playground.button("Help").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page), "help").toEqual([]);
  });
}

test("plays, steps and resets by keyboard", async ({ playground, page }) => {
  await playground.open("Toy");
  await page.getByRole("main").focus();
  await page.keyboard.press("Space");
  await playground.hasSteps("A", 2);
  await page.keyboard.press("Space");
  await playground.isReady("A");
  await page.keyboard.press("r");
  await expect(playground.head("A")).toHaveAttribute("data-step", "0");
  await playground.isReady("A");
  await page.keyboard.press("ArrowRight");
  await playground.hasSteps("A", 1);
});

test("fits a projector without scrolling", async ({ playground, page }) => {
  await playground.open();
  for (const height of [768, 641]) {
    await page.setViewportSize({ width: 1366, height });
    const overflow = await page.evaluate(() => ({
      x: document.documentElement.scrollWidth - window.innerWidth,
      y: document.documentElement.scrollHeight - window.innerHeight,
    }));
    expect(overflow).toEqual({ x: 0, y: 0 });
  }
});

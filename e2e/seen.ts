/** @file What tests see of the page as a whole: what axe finds in it, and how far it is larger than its window. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds on the page, or on the part that CSS names so. */
export async function violations(page: Page, part?: string): Promise<readonly string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const axe = new AxeBuilder({ page }).withTags(tags);
  const results = await (part === undefined ? axe : axe.include(part)).analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(" ")}`,
  );
}

/** Waits three frames: until what follows the window's size has been drawn for it. */
export const drawn = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  });

/** By how many px the page is larger than the window. */
export async function overflow(page: Page) {
  await drawn(page);
  return page.evaluate(() => ({
    x: document.documentElement.scrollWidth - window.innerWidth,
    y: document.documentElement.scrollHeight - window.innerHeight,
  }));
}

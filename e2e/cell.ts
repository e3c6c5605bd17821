/** @file What tests of the cell share. */
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

/** The edges of lane A's normal cell, in the group's order. */
export const edges = (page: Page): Locator =>
  page
    .locator('[role="graphics-document"][aria-label="Lane A, normal cell"]')
    .locator('[role="graphics-symbol"][aria-label^="edge"]');
/** What axe finds on the stage, or on another part of the page, as CSS names it. */
export async function violations(page: Page, part = "main"): Promise<readonly string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const results = await new AxeBuilder({ page }).include(part).withTags(tags).analyze();
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(" ")}`,
  );
}

/** @file What tests of the cell share. */
import type { Locator, Page } from "@playwright/test";

/** The edges of lane A's normal cell, in the group's order. */
export const edges = (page: Page): Locator =>
  page
    .locator('[role="graphics-document"][aria-label="Lane A, normal cell"]')
    .locator('[role="graphics-symbol"][aria-label^="edge"]');

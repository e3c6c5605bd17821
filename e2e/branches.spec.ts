/** @file The tree of branches: forks where they left, the old future as a ghost, and the way there by keys. */
import { expect, test } from "./support.ts";

test("a fork grows on the tree, and the tree leads back to it by keys alone", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await playground.button("Branches").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/No branches yet/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(playground.button("Branches")).toBeFocused();
  await playground.playTo(20);
  await page.getByRole("slider", { name: "Step on show" }).fill("12");
  await page.keyboard.press("f");
  await playground.isReady("B");
  await playground.stepTo(13, "B");
  // One key opens it and closes it, and the focus is where it was.
  await page.locator("#stage").focus();
  await page.keyboard.press("y");
  await expect(page.getByRole("tree")).toBeVisible();
  await page.keyboard.press("y");
  await expect(page.getByRole("tree")).toBeHidden();
  await expect(page.locator("#stage")).toBeFocused();
  await page.keyboard.press("y");
  const branch = (name: RegExp) => page.getByRole("treeitem", { name });
  const forked = branch(/^lane B, .*forked from A at step 12, now at step 13\b/);
  await expect(forked).toBeFocused();
  await expect(forked).toHaveAttribute("aria-selected", "true");
  await expect(page.getByTestId("ghost A")).toBeAttached();
  await page.keyboard.press("ArrowUp");
  await expect(branch(/^lane A, .*from the beginning/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(branch(/^lane A, .*on show$/)).toBeFocused();
  await expect(page.getByTestId("ghost A")).toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(playground.head("A")).toHaveAttribute("data-step", "12");
  await expect(playground.head("B")).toHaveAttribute("data-step", "12");
});

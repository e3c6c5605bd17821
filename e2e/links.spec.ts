/** @file Links: what is shared is what opens, and what is broken is repaired and said. */
import { expect, test } from "./support.ts";

test("a shared link opens the same settings", async ({ playground, page }) => {
  await playground.open("Toy");
  await playground.setMethod("A", "RARTS");
  await playground.set("Spring β", "25");
  await playground.button("Share: copy a link to these settings").click();
  await expect(page).toHaveURL(/#1[\w-]+$/);
  await page.reload();
  await playground.isReady("A");
  await playground.setup();
  await expect(playground.head("A")).toContainText("RARTS");
  await expect(page.getByLabel("Spring β, value", { exact: true })).toHaveValue("25");
  await expect(page.getByRole("alert", { name: "Link repaired" })).toBeHidden();
});

test("a broken link opens a valid page and says what was wrong", async ({ playground, page }) => {
  await page.goto("./#1not-a-link");
  await playground.isReady("A");
  const notice = page.getByRole("alert", { name: "Link repaired" });
  await expect(notice).toContainText("The link could not be read");
  await page.getByRole("button", { name: "Put away: Link repaired" }).click();
  await expect(notice).toBeHidden();
});

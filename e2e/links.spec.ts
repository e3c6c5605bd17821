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

test("a link carries one number of a run, and who opens it verifies that", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  await playground.set("Look-ahead ξ", "0.5");
  await playground.play();
  await playground.hasSteps("A", 40);
  await playground.pause();
  await page.keyboard.press("s");
  const receipt = page.getByRole("region", { name: "Receipt of the link" });
  await expect(receipt).toContainText("Look-ahead ξ 0.5");
  const number = (await receipt.getByTestId("number A").textContent()) ?? "";
  expect(number).toMatch(/^A after \d+ steps: [\da-f]{4} [\da-f]{4}$/);
  expect(page.url().length).toBeLessThanOrEqual(400);
  await page.reload();
  await playground.isReady("A");
  await expect(receipt).toContainText("Opened from a link");
  await expect(receipt.getByTestId("number A")).toContainText(number);
  await receipt.getByRole("button", { name: "Verify lane A of the link" }).focus();
  await page.keyboard.press("Enter");
  await expect(receipt.getByText(/^Identical through \d+ steps\.$/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(playground.head("A")).toHaveAttribute("data-step", "0");
  await receipt.getByRole("button", { name: "Play these settings" }).click();
  await expect(receipt).toBeHidden();
  await expect(page.locator("#stage")).toBeFocused();
  await playground.hasSteps("A", 1);
});

test("a broken link opens a valid page and says what was wrong", async ({ playground, page }) => {
  await page.goto("./#1not-a-link");
  await playground.isReady("A");
  const notice = page.getByRole("alert", { name: "Link repaired" });
  await expect(notice).toContainText("The link could not be read");
  await playground.button("Put away the receipt").click();
  await expect(notice).toBeHidden();
});

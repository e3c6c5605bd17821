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
  await playground.playTo(40);
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

test("a lesson's link that leads nowhere says so and shows the nearest", async ({
  playground,
  page,
}) => {
  const notice = page.getByRole("alert", { name: "Link repaired" });
  const lesson = page.getByRole("complementary", { name: "Lesson" });
  const list = "Seven lessons";
  for (const [hash, says, shows] of [
    ["lesson/nonsense/99", "There is no lesson “nonsense”; the list of lessons is shown.", list],
    ["lesson/", "The link names no lesson; the list of lessons is shown.", list],
    ["lesson/luck/99", /has chapters 1 … \d, none is “99”; \d is shown\.$/, "What would settle it"],
    ["lesson/luck/-1", /none is “-1”; 1 is shown\.$/, "A lane that never learns α"],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(`./#${hash}`);
    await playground.isReady("A");
    await expect(notice.getByRole("listitem"), hash).toHaveText(says);
    await expect(lesson.getByRole("heading", { level: 2 }), hash).toHaveText(shows);
  }
  // A link that leads somewhere has nothing to say beside its lesson.
  await page.evaluate(() => location.assign("#lesson/spring"));
  await expect(lesson).toContainText("A second copy");
  await expect(notice).toBeHidden();
  await expect(page.getByRole("region", { name: "Receipt of the link" })).toBeHidden();
});

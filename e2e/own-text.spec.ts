/** @file A text of one's own: chosen, learnt, and one that is none is refused with its reason. */
import { expect, test } from "./support.ts";

const file = (name: string, text: string) => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(text),
});

test("learns a text from a file", async ({ playground, page }) => {
  await playground.open();
  const input = page.getByLabel("Text file to learn");
  await input.setInputFiles(file("short.txt", "too short"));
  await expect(page.getByRole("alert", { name: "Text refused" })).toContainText(
    "short.txt has 9 characters; at least 1,000 are needed",
  );
  await input.setInputFiles(
    file("play.txt", "to be or not to be, that is the question\n".repeat(60)),
  );
  await expect(page.getByRole("radio", { name: "play.txt" })).toBeChecked({ timeout: 30_000 });
  await playground.isReady("A");
  await playground.playTo(2);
});

test("keeps a text for links and reloads, until it is forgotten", async ({ playground, page }) => {
  const text = file("play.txt", "to be or not to be, that is the question\n".repeat(60));
  const input = page.getByLabel("Text file to learn");
  const chosen = page.getByRole("radio", { name: "play.txt" });
  await playground.open("Toy");
  await input.setInputFiles(text);
  await expect(chosen).toBeChecked({ timeout: 30_000 });
  await playground.isReady("A");
  await playground.button("Share: copy a link to these settings").click();
  await expect(page).toHaveURL(/#1[\w-]+$/);
  await page.reload();
  await expect(chosen).toBeChecked({ timeout: 30_000 });
  await playground.setup();
  await playground.button("Forget play.txt").click();
  await expect(page.getByRole("region", { name: "Kept in this browser" })).toBeHidden();

  await page.reload();
  const needed = page.getByRole("alert", { name: "Own data needed" });
  await expect(needed).toContainText(/text-[0-9a-f]{8}/);
  await playground.isReady("A");
  await playground.setup();
  await input.setInputFiles(text);
  await expect(chosen).toBeChecked({ timeout: 30_000 });
  await expect(playground.button("Use play.txt")).toBeVisible();
});

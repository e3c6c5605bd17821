/** @file Images of one's own: looked at by class before use, what is left out told with its reason, and searched on. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { PNG } from "pngjs";
import { violations } from "./seen.ts";
import { expect, test } from "./support.ts";

/** Stripes 20 × 24 pixels large, upright or not, no two images alike. */
function stripes(isUpright: boolean, seed: number): Buffer {
  const png = new PNG({ width: 20, height: 24 });
  for (let i = 0; i < 480; i++) {
    const along = isUpright ? i % 20 : Math.floor(i / 20);
    const value = (along + seed) % 6 < 3 ? 230 : 20 + seed;
    png.data.set([value, value, seed, 255], 4 * i);
  }
  return PNG.sync.write(png);
}
const pictures = (count: number): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    ["upright", "level"].flatMap((name, label) =>
      Array.from({ length: count }, (_, i) => [
        `stripes/${name}/${i}.png`,
        stripes(label === 0, i),
      ]),
    ),
  );

test("searches on a folder of images, and says which are left out", async ({
  playground,
  page,
}, info) => {
  const good = pictures(24);
  const files = {
    ...good,
    "stripes/upright/broken.png": (good["stripes/upright/0.png"] as Buffer).subarray(0, 40),
    "stripes/upright/notes.txt": Buffer.from("upright"),
    "stripes/.hidden": Buffer.from(""),
    "stripes/few/0.png": stripes(true, 50),
  };
  for (const [path, content] of Object.entries(files)) {
    const file = info.outputPath(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  await playground.open();
  const input = page.getByLabel("Folder of images to learn");
  await input.setInputFiles(join(info.outputDir, "stripes"));
  const dialog = page.getByRole("dialog", { name: "Images of stripes" });
  await expect(dialog).toContainText("48 images in 2 classes");
  await expect(dialog.getByRole("listitem").filter({ hasText: "level 24" })).toBeVisible();
  await expect(dialog.getByRole("img", { name: "Images of upright" })).toBeVisible();
  const left = dialog.getByRole("region", { name: "Not used: 3" });
  await expect(left).toContainText("broken.png is broken: it cannot be decoded");
  await expect(left).toContainText("notes.txt is not an image");
  await expect(left).toContainText("class few has too few images: 1; at least 12 are needed");
  await expect(dialog).toContainText("Skipped: 1 hidden or system file.");
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Search on these" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("radio", { name: "stripes" })).toBeChecked({ timeout: 30_000 });
  await playground.isReady("A");
  await playground.playTo(2);
});

test("refuses a zip that is cut off, or of one class", async ({ playground, page }) => {
  await playground.open("Toy");
  const input = page.getByLabel("Zip or binary files to learn");
  const zip = Buffer.from(zipSync(pictures(12)));
  const give = (buffer: Buffer) =>
    input.setInputFiles({ name: "stripes.zip", mimeType: "application/zip", buffer });
  await give(zip.subarray(0, zip.length - 9));
  const dialog = page.getByRole("dialog", { name: "Images of stripes.zip" });
  await expect(dialog.getByRole("alert")).toContainText("stripes.zip is no whole zip");
  await dialog.getByRole("button", { name: "Close" }).click();
  await give(Buffer.from(zipSync({ "a/0.png": stripes(true, 0) })));
  await expect(dialog.getByRole("alert")).toContainText("stripes.zip has 1 class (a)");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await give(zip);
  await expect(dialog).toContainText("24 images in 2 classes");
});

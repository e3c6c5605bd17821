/** @file A damaged shard is named, with both checksums, and Retry works. */
import { expect, test } from "./support.ts";

test("names a damaged shard and loads it again on Retry", async ({ playground, page }) => {
  await page.route("**/datasets/cifar10/train-00.bin", async (route) => {
    const response = await route.fetch();
    const bytes = await response.body();
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    await route.fulfill({ response, body: bytes });
  });
  await page.goto("./");
  await page.getByRole("radio", { name: "CIFAR-10 16×16" }).check();
  const alert = page.getByRole("alert").filter({ hasText: "DatasetError" });
  await expect(alert).toContainText("datasets/cifar10/train-00.bin", { timeout: 100_000 });
  await expect(alert).toContainText(/[0-9a-f]{64}.*[0-9a-f]{64}/);
  await page.unroute("**/datasets/cifar10/train-00.bin");
  await alert.getByRole("button", { name: "Retry" }).click();
  await playground.isReady("A");
  await expect(alert).toHaveCount(0);
});

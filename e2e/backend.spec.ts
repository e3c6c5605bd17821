/** @file Backends are chosen by a stopwatch: a search step on each, at a click. */
import { expect, test } from "./support.ts";

test("times a step on each backend, and software WebGPU does not win", async ({ page }, {
  project,
}) => {
  await page.goto("./");
  const backend = page.getByRole("button", { name: /^Backend: / });
  await expect(backend).toHaveText(/WebAssembly/);
  await backend.click();
  await page.getByRole("button", { name: "Time a search step on each" }).click();
  await expect(page.getByText(/^WebAssembly: [\d.,]+ ms$/)).toBeVisible({ timeout: 60_000 });
  const webgpu = project.name === "webgpu" ? /^WebGPU: [\d.,]+ ms$/ : /^WebGPU: not timed, /;
  await expect(page.getByText(webgpu)).toBeVisible();
  await page.reload();
  await expect(backend).toHaveText(/WebAssembly/);
});

/** @file Everything that the page offers to search can be searched: each preset of each problem takes steps. */
import { expect, test } from "./support.ts";

test("every preset of every problem makes a run that takes steps", async ({ playground, page }) => {
  test.setTimeout(300_000);
  await playground.open("Toy");
  const problems = await page
    .getByRole("group", { name: "Problem" })
    .getByRole("radio")
    .evaluateAll((radios) => radios.map((radio) => (radio as HTMLInputElement).value));
  expect(problems).toEqual(expect.arrayContaining(["toy", "cifar10", "names"]));
  const tried: string[] = [];
  // Replay has nothing to search: e2e/replay.spec.ts.
  for (const problem of problems.filter((value) => value !== "replay")) {
    await page.getByRole("group", { name: "Problem" }).locator(`[value="${problem}"]`).check();
    await playground.isReady("A");
    const select = page.getByLabel("Preset", { exact: true });
    const presets = await select
      .locator("option")
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    // One step of the paper's own size takes half a minute here.
    for (const preset of presets.filter((id) => id !== "paper")) {
      await select.selectOption(preset);
      await expect(playground.head("A")).toHaveAttribute("data-step", "0");
      await playground.isReady("A");
      for (const step of [1, 2]) {
        await playground.stepTo(step);
      }
      await expect(page.getByRole("alert")).toHaveCount(0);
      tried.push(preset);
    }
  }
  expect(tried).toEqual(
    expect.arrayContaining(["toy", "tiny", "small", "nb201", "collapse", "width", "names"]),
  );
});

test("methods that cannot search a space are shown, and cannot be chosen", async ({
  playground,
  page,
}) => {
  await playground.open("Toy");
  const method = page.getByLabel("Method", { exact: true });
  await expect(method.locator("option", { hasText: /^EDAS/ })).toBeDisabled();
  await expect(method.locator("option", { hasText: /^EDAS/ })).toHaveText(/not for: /);
  await expect(method.locator("option", { hasText: /^RARTS/ })).toBeEnabled();
});

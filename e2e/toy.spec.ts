/** @file The solvable model: a run ends where algebra says, and the prediction follows the sliders. */
import type { Page } from "@playwright/test";
import { expect, test } from "./support.ts";

const plane = (page: Page) => page.getByRole("img", { name: /^Phase plane/ });
/** "Now α = 1.0811, w = 1.0270" → its numbers by name. */
const numbersIn = (text: string): Record<string, number> =>
  Object.fromEntries(
    [...text.matchAll(/(\S+) = ([\d.−-]+)/g)].map(([, name, digits]) => [
      name,
      Number(digits?.replace("−", "-")),
    ]),
  );

for (const [method, ring, end] of [
  ["DARTS", "ends at α 2.000, w 2.000", { α: 2, w: 2 }],
  ["RARTS", "ends at α 1.081, w 1.027, y 0.919", { α: 40 / 37, w: 38 / 37, y: 34 / 37 }],
] as const) {
  test(`${method} ends on its ring`, async ({ playground, page }) => {
    await playground.open();
    await playground.choose("Toy");
    await playground.setMethod("A", method);
    await expect(plane(page)).toHaveAccessibleName(new RegExp(ring));
    await page.getByLabel("Speed limit").selectOption({ label: "Full speed" });
    await playground.play();
    const now = page.getByRole("region", { name: "Lane A" }).getByText(/^Now /);
    await expect
      .poll(
        async () => {
          const here = numbersIn((await now.textContent()) ?? "");
          return Math.max(
            ...Object.entries(end).map(([name, value]) => Math.abs((here[name] ?? 9) - value)),
          );
        },
        { timeout: 100_000, message: `${method} reaches its end` },
      )
      .toBeLessThan(2e-3);
  });
}

test("the ring moves under a slider, before and while the run plays", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.choose("Toy");
  await playground.setMethod("A", "DARTS");
  await expect(plane(page)).toHaveAccessibleName(/ends at α 2\.000/);
  await playground.set("Look-ahead ξ", "0.5");
  await expect(plane(page)).toHaveAccessibleName(/ends at α 1\.000/);
  await playground.play();
  await playground.hasSteps("A", 5);
  await playground.set("Look-ahead ξ", "1");
  await expect(plane(page)).toHaveAccessibleName(/ends at α 0\.667/);
  await expect(playground.head("A")).toHaveAttribute("data-status", "playing");
});

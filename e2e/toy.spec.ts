/** @file The solvable model: a run ends where algebra says, and the prediction follows the sliders. */
import { expect, test } from "./support.ts";

/** "α = 1.0811, w = 1.027, y = …" → its numbers by name. */
function numbersIn(text: string): Record<string, number> {
  const pairs = [...text.matchAll(/(α|w|y) = (−|-)?([\d.]+)/g)];
  return Object.fromEntries(
    pairs.map(([, name, sign, digits]) => [name, Number(digits) * (sign ? -1 : 1)]),
  );
}

for (const [method, end] of [
  ["DARTS", { α: 2, w: 2 }],
  ["RARTS", { α: 40 / 37, w: 38 / 37, y: 34 / 37 }],
] as const) {
  test(`${method} ends on its ring`, async ({ playground, page }) => {
    await playground.open();
    await playground.choose("Toy");
    await page.getByLabel("Method").selectOption({ label: method });
    const predicted = numbersIn((await page.getByTestId("end-A").textContent()) ?? "");
    for (const [name, value] of Object.entries(end)) expect(predicted[name]).toBeCloseTo(value, 2);

    await page.getByLabel("Speed limit").selectOption({ label: "Full speed" });
    await playground.play();
    const now = page.getByRole("region", { name: "Lane A" }).getByText(/^Now /);
    await expect
      .poll(
        async () => {
          const here = numbersIn((await now.textContent()) ?? "");
          return Math.max(...Object.entries(end).map(([n, v]) => Math.abs((here[n] ?? 9) - v)));
        },
        { timeout: 100_000, message: `${method} reaches its end` },
      )
      .toBeLessThan(2e-3);
  });
}

test("the end moves under a slider, before and while the run plays", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.choose("Toy");
  await page.getByLabel("Method").selectOption({ label: "DARTS" });
  await expect(page.getByTestId("end-A")).toContainText("α = 2,");
  const lookAhead = page.getByLabel("Look-ahead ξ, value");
  await lookAhead.fill("0.5");
  await lookAhead.press("Enter");
  await expect(page.getByTestId("end-A")).toContainText("α = 1,");
  await playground.play();
  await playground.hasSteps("A", 5);
  await lookAhead.fill("1");
  await lookAhead.press("Enter");
  await expect(page.getByTestId("end-A")).toContainText("α = 0.667");
  await expect(playground.head("A")).toHaveAttribute("data-status", "playing");
});

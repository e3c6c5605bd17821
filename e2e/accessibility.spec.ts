/** @file axe finds nothing on any screen, and the loop works by keyboard alone. */
import { deflateRawSync } from "node:zlib";
import { overflow, violations } from "./seen.ts";
import { expect, test } from "./support.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async ({ playground, page }) => {
    await page.emulateMedia({ colorScheme });
    await playground.open();
    expect(await violations(page), "CIFAR-10, ready").toEqual([]);
    await playground.choose("Toy");
    await playground.compare("RARTS");
    await playground.play();
    await playground.hasSteps("A", 3);
    expect(await violations(page), "toy, two lanes, running").toEqual([]);
    await playground.button("Help").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page), "help").toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on branches and receipts in the ${colorScheme} theme`, async ({
    playground,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await playground.open("Toy");
    await playground.playTo(10);
    await page.keyboard.press("s");
    await page.getByRole("slider", { name: "Step on show" }).fill("4");
    await playground.button("Fork").click();
    await playground.isReady("B");
    await playground.button("Branches").click();
    await expect(page.getByRole("treeitem")).toHaveCount(2);
    expect(await violations(page), "branches, and a link that was made").toEqual([]);
    await page.reload();
    await expect(page.getByText("Opened from a link")).toBeVisible();
    await playground.isReady("A");
    expect(await violations(page), "a link that was opened").toEqual([]);
  });
}

test("axe finds nothing in compare, on an open edge card, and while presenting", async ({
  playground,
  page,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await playground.open();
  await playground.compare("RARTS");
  await playground.play();
  await playground.hasSteps("B", 1);
  await playground.button("Pause").click();
  await playground.isReady("B");
  const lane = page.getByRole("region", { name: "Lane A", exact: true });
  const edge = lane.locator("[tabindex='0'][aria-label^='edge']");
  await edge.focus();
  await edge.press("Enter");
  await expect(page.getByRole("button", { name: "Close the card" })).toBeVisible();
  expect(await violations(page), "compare, edge card open").toEqual([]);
  await page.keyboard.press("Escape");
  await playground.button("Present").click();
  await expect(playground.button("Leave")).toBeVisible();
  expect(await violations(page), "presenting").toEqual([]);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement | SVGElement>("#root *")]
      .filter((el) =>
        [...el.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim()),
      )
      .filter((el) => el.getBoundingClientRect().width > 2)
      // Names of nodes are as large as their circles, which share the stage with other lanes.
      .filter((el) => !el.closest("[role=graphics-document]"))
      .filter((el) => Number.parseFloat(getComputedStyle(el).fontSize) < 18)
      .map((el) => `${el.tagName} ${el.textContent}`),
  );
  expect(small, "words too small for the last row").toEqual([]);
});

test("an embedded page does not scroll", async ({ playground, page }) => {
  await page.setViewportSize({ width: 640, height: 420 });
  await page.goto(`./#1${deflateRawSync('{"page":{"embed":true}}').toString("base64url")}`);
  await playground.isReady("A");
  await expect(page.locator("[data-mode=embed]")).toBeVisible();
  expect((await overflow(page)).y).toBe(0);
});

test("plays, steps and resets by keyboard", async ({ playground, page }) => {
  await playground.open("Toy");
  await page.getByRole("main").focus();
  await page.keyboard.press("Space");
  await playground.hasSteps("A", 2);
  await page.keyboard.press("Space");
  await playground.isReady("A");
  await page.keyboard.press("r");
  await expect(playground.head("A")).toHaveAttribute("data-step", "0");
  await playground.isReady("A");
  await page.keyboard.press("ArrowRight");
  await playground.hasSteps("A", 1);
});

test("fits a projector without scrolling", async ({ playground, page }) => {
  await playground.open();
  for (const height of [768, 641]) {
    await page.setViewportSize({ width: 1366, height });
    expect(await overflow(page)).toEqual({ x: 0, y: 0 });
  }
});

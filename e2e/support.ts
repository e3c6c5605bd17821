/** @file The page as a person uses it, and a watch that fails every test on an error or a request to elsewhere. */
import { test as base, expect, type Locator, type Page } from "@playwright/test";

/** What a step may take where a graphics card is computed in software: pipelines are compiled on the way. */
const slowMs = 100_000;

/** Collects what no test may cause. */
function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console error: ${message.text()}`);
  });
  // Unhandled rejections arrive here too, and those of the worker.
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || url.protocol === "data:" || url.protocol === "blob:";
    if (!isOwn) faults.push(`request to ${url.origin}`);
  });
  return faults;
}

/** The page, and the verbs that tests share. Everything is found by role and label. */
export class Playground {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page and waits until a run stands ready. */
  async open(): Promise<void> {
    await this.page.goto("./");
    await expect(this.head("A")).toHaveAttribute("data-status", "paused", { timeout: slowMs });
  }
  async choose(problem: "Toy" | "CIFAR-10 16×16"): Promise<void> {
    await this.page.getByRole("radio", { name: problem }).check();
    await expect(this.head("A")).toHaveAttribute("data-status", "paused", { timeout: slowMs });
  }
  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }
  play(): Promise<void> {
    return this.button("Play").click();
  }
  async pause(): Promise<void> {
    await this.button("Pause").click();
    // The step that is being computed is finished first.
    await expect(this.head("A")).toHaveAttribute("data-status", "paused", { timeout: slowMs });
  }
  /** The same seed from the beginning. */
  async reset(): Promise<void> {
    await this.button("Reset").click();
    await expect(this.head("A")).toHaveAttribute("data-step", "0", { timeout: slowMs });
    await expect(this.head("A")).toHaveAttribute("data-status", "paused", { timeout: slowMs });
  }
  /** A lane's heading, which carries its status and step. */
  head(lane: string): Locator {
    return this.page.getByTestId(`lane-${lane}`);
  }
  async hasSteps(lane: string, count: number): Promise<void> {
    await expect
      .poll(async () => Number(await this.head(lane).getAttribute("data-step")), {
        timeout: slowMs,
        message: `lane ${lane} reaches step ${count}`,
      })
      .toBeGreaterThanOrEqual(count);
  }
  /** Both lanes' exact losses at a step, as the chart's cursor reads them out. */
  async lossesAt(step: number): Promise<string> {
    const cursor = this.page.getByRole("slider", { name: "Losses at an iteration" });
    await cursor.focus();
    await cursor.press("Home");
    for (let i = 0; i < step; i++) await cursor.press("ArrowRight");
    await expect(cursor).toHaveAttribute("aria-valuenow", String(step));
    return (await cursor.getAttribute("aria-valuetext")) ?? "";
  }
  /** Adds the second lane and gives it a method. */
  async compare(method: string): Promise<void> {
    await this.button("Add lane to compare").click();
    await this.page
      .getByRole("region", { name: "Settings of lane B" })
      .getByLabel("Method")
      .selectOption({ label: method });
    await expect(this.head("B")).toContainText(method);
    await expect(this.head("B")).toHaveAttribute("data-status", "paused", { timeout: slowMs });
  }
}

/** Playwright's test, with the playground opened and watched. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page, baseURL }, use) => {
    const faults = watch(page, new URL(baseURL ?? "").origin);
    await use(new Playground(page));
    expect(faults, "errors, rejections and requests to elsewhere").toEqual([]);
  },
});
export { expect };

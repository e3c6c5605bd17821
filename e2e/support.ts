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

/** As the switch in the header names them. */
type Problem = "Toy" | "CIFAR-10 16×16";

/** The page, and the verbs that tests share. Everything is found by role and label. */
export class Playground {
  readonly page: Page;
  /** The backend to ask for; undefined takes what the page chooses. */
  readonly #backend: string | undefined;
  constructor(page: Page, backend: string | undefined) {
    this.page = page;
    this.#backend = backend;
  }

  /** Opens the page, with the settings in front, and waits until a run of the problem stands ready on the wanted backend. */
  async open(problem: Problem = "CIFAR-10 16×16"): Promise<void> {
    await this.page.goto("./");
    await this.isReady("A");
    await this.setup();
    if (this.#backend !== undefined) await this.#takeBackend(this.#backend);
    if (problem !== "Toy") await this.choose(problem);
  }
  async #takeBackend(name: string): Promise<void> {
    await this.backend().click();
    await this.page.getByLabel("Use", { exact: true }).selectOption({ label: name });
    await expect(this.backend()).toHaveText(new RegExp(name), { timeout: slowMs });
    await this.page.keyboard.press("Escape");
    await this.isReady("A");
  }
  /** Brings the settings to the front of the left rail, where a lesson is at first. */
  async setup(): Promise<void> {
    const tab = this.page.getByRole("tab", { name: "Setup" });
    if (await tab.isVisible()) await tab.click();
  }
  backend(): Locator {
    return this.page.getByRole("button", { name: /^Backend: / });
  }
  async choose(problem: Problem): Promise<void> {
    await this.page.getByRole("radio", { name: problem }).check();
    await this.isReady("A");
  }
  async setMethod(lane: string, method: string): Promise<void> {
    await this.page
      .getByRole("region", { name: `Settings of lane ${lane}` })
      .getByLabel("Method", { exact: true })
      .selectOption({ label: method });
    await expect(this.head(lane)).toContainText(method);
    await this.isReady(lane);
  }
  /** Types a hyper-parameter's value. */
  async set(label: string, value: string): Promise<void> {
    const field = this.page.getByLabel(`${label}, value`, { exact: true });
    await field.fill(value);
    await field.press("Enter");
  }
  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }
  play(): Promise<void> {
    return this.button("Play").click();
  }
  async pause(): Promise<void> {
    await this.button("Pause").click();
    await this.isReady("A"); // the step that is being computed is finished first
  }
  /** Plays until lane A has taken so many steps at least, and pauses. */
  async playTo(count: number): Promise<void> {
    await this.play();
    await this.hasSteps("A", count);
    await this.pause();
  }
  /** One step more, which brings the lane to this count. */
  async stepTo(count: number, lane = "A"): Promise<void> {
    await this.button("Step").click();
    await this.hasSteps(lane, count);
  }
  /** The step at which lane A stands, once the browser keeps the run there: its checkpoint follows the last step. */
  async keptStep(): Promise<number> {
    const titles = () =>
      this.page.evaluate(
        () =>
          new Promise<readonly string[]>((resolve) => {
            const request = indexedDB.open("nas-playground");
            request.onsuccess = () => {
              const all = request.result.transaction("saves").objectStore("saves").getAll();
              all.onsuccess = () => resolve(all.result.map(({ title }) => title));
            };
          }),
      );
    let step = Number.NaN;
    await expect(async () => {
      step = Number(await this.head("A").getAttribute("data-step"));
      const end = new RegExp(`step ${step}$`);
      expect(await titles()).toContainEqual(expect.stringMatching(end));
    }).toPass({ timeout: slowMs });
    return step;
  }
  /** The same seed from the beginning. */
  async reset(): Promise<void> {
    await this.button("Reset").click();
    await expect(this.head("A")).toHaveAttribute("data-step", "0", { timeout: slowMs });
    await this.isReady("A");
  }
  /** A lane's heading, which carries its status and step. */
  head(lane: string): Locator {
    return this.page.getByTestId(`lane-${lane}`);
  }
  async isReady(lane: string): Promise<void> {
    await expect(this.head(lane)).toHaveAttribute("data-status", "paused", { timeout: slowMs });
  }
  async hasSteps(lane: string, count: number): Promise<void> {
    await expect
      .poll(async () => Number(await this.head(lane).getAttribute("data-step")), {
        timeout: slowMs,
        message: `lane ${lane} reaches step ${count}`,
      })
      .toBeGreaterThanOrEqual(count);
  }
  /**
   * What a lane's results say of the step in its head, once two readings agree: panels are read anew four times a second at
   * most.
   */
  async resultsOf(lane: string): Promise<string> {
    const region = this.page.getByRole("region", { name: `Results of lane ${lane}` });
    const step = await this.head(lane).getAttribute("data-step");
    await expect(region).toContainText(new RegExp(`step${step}(?!\\d)`), { timeout: slowMs });
    let last = "";
    await expect
      .poll(
        async () => {
          const before = last;
          last = (await region.textContent()) ?? "";
          return last === before;
        },
        { intervals: [400] },
      )
      .toBe(true);
    return last;
  }
  /** The genotype there, as the page prints it. */
  async genotypeOf(lane: string): Promise<string> {
    await this.resultsOf(lane);
    const region = this.page.getByRole("region", { name: `Genotype of lane ${lane}` });
    return (await region.textContent()) ?? "";
  }
  /** Each lane's exact losses at a step, as the chart's cursor reads them out: "train 2.30259, validation 2.31". */
  async lossesAt(step: number): Promise<readonly string[]> {
    const cursor = this.page.getByRole("slider", { name: "Losses at an iteration" });
    await cursor.focus();
    // The chart redraws less often than the head counts.
    await expect
      .poll(async () => {
        await cursor.press("End");
        return Number(await cursor.getAttribute("aria-valuenow"));
      })
      .toBeGreaterThanOrEqual(step);
    await cursor.press("Home");
    for (let i = 0; i < step; i++) await cursor.press("ArrowRight");
    await expect(cursor).toHaveAttribute("aria-valuenow", String(step));
    const spoken = (await cursor.getAttribute("aria-valuetext")) ?? "";
    const [, ...lanes] = spoken.split("; ");
    return lanes.map((lane) => lane.replace(/^.*: /, ""));
  }
  /** Adds the second lane and gives it a method. */
  async compare(method: string): Promise<void> {
    await this.button("Add lane to compare").click();
    await this.setMethod("B", method);
  }
}

/** Playwright's test, with the playground watched; the project named for a backend asks for it. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page, baseURL }, use, { project }) => {
    const faults = watch(page, new URL(baseURL ?? "").origin);
    await use(new Playground(page, project.name === "webgpu" ? "WebGPU" : undefined));
    expect(faults, "errors, rejections and requests to elsewhere").toEqual([]);
  },
});
export { expect };

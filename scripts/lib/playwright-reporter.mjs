/** @file Tells `npm test` what Playwright found, reasons for skipping included. */
import { leaveTally } from "./tally.mjs";

/** @import { Reporter } from "@playwright/test/reporter" */

/** @implements {Reporter} */
export default class TallyReporter {
  /** @type {import("@playwright/test/reporter").Suite | undefined} */
  #suite;
  /** @type {import("./tally.mjs").Result[]} */
  #errors = [];

  printsToStdio() {
    return false;
  }
  /**
   * @param {import("@playwright/test/reporter").FullConfig} _config
   * @param {import("@playwright/test/reporter").Suite} suite
   */
  onBegin(_config, suite) {
    this.#suite = suite;
  }
  /** @param {import("@playwright/test/reporter").TestError} error outside of any test */
  onError(error) {
    this.#errors.push({ name: "playwright", state: "failed", reason: error.message ?? "unknown" });
  }
  onEnd() {
    leaveTally([...(this.#suite?.allTests() ?? []).map(result), ...this.#errors]);
  }
}

/**
 * @param {import("@playwright/test/reporter").TestCase} test
 * @returns {import("./tally.mjs").Result}
 */
function result(test) {
  const name = test.titlePath().filter(Boolean).join(" > ");
  const outcome = test.outcome();
  if (outcome === "expected") return { name, state: "passed" };
  const last = test.results.at(-1);
  // Also what was interrupted, or never begun, has the outcome "skipped".
  if (last?.status === "skipped") {
    const skip = test.annotations.find(({ type }) => type === "skip" || type === "fixme");
    return { name, state: "skipped", reason: skip?.description ?? "no reason given" };
  }
  if (outcome === "skipped")
    return { name, state: "failed", reason: last?.status ?? "did not run" };
  return { name, state: "failed", reason: last?.errors.map((e) => e.message).join("\n") ?? "" };
}

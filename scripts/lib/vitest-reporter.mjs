/** @file Tells `npm test` what vitest found, reasons for skipping included. */
import { leaveTally } from "./tally.mjs";

/** @import { Reporter } from "vitest/node" */

/** @implements {Reporter} */
export default class TallyReporter {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly { message?: string }[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    leaveTally([
      ...modules.flatMap((module) => [...moduleResults(module)]),
      ...unhandled.map((error) => failure("unhandled error", [error])),
    ]);
  }
}

/** @param {import("vitest/node").TestModule} module */
function* moduleResults(module) {
  const file = module.relativeModuleId;
  for (const parent of [module, ...module.children.allSuites()]) {
    if (parent.errors().length > 0) yield failure(file, parent.errors());
  }
  for (const test of module.children.allTests()) {
    const name = `${file} > ${test.fullName}`;
    const result = test.result();
    if (result.state === "failed") yield failure(name, result.errors);
    else if (result.state === "passed") yield { name, state: /** @type {const} */ ("passed") };
    else if (result.state === "skipped")
      yield {
        name,
        state: /** @type {const} */ ("skipped"),
        reason: result.note ?? "no reason given",
      };
    else yield failure(name, [{ message: "did not finish" }]);
  }
}

/**
 * @param {string} name
 * @param {readonly { message?: string }[]} errors
 */
function failure(name, errors) {
  const reason = errors.map(({ message }) => message ?? "unknown error").join("\n");
  return { name, state: /** @type {const} */ ("failed"), reason };
}

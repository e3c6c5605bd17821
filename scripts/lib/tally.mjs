/** @file What a test runner found, in one form for all of them, handed over in a file. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {"passed" | "failed" | "skipped"} state
 * @property {string} [reason] why it failed or was skipped
 */

/** The environment variable that names the file. */
const variable = "TALLY_FILE";

/**
 * For reporters: leaves the results where `npm test` asked for them.
 * @param {readonly Result[]} results
 */
export function leaveTally(results) {
  const file = process.env[variable];
  if (file) writeFileSync(file, JSON.stringify(results));
}

/**
 * For `npm test`: runs a runner with its reporter and collects what it leaves. A runner that leaves nothing, ran no
 * test, or fails without a failed test is one failure itself.
 * @param {string} name
 * @param {string} file does not exist yet
 * @param {(env: Record<string, string>) => Promise<number>} runner
 * @returns {Promise<Result[]>}
 */
export async function collectTally(name, file, runner) {
  const code = await runner({ [variable]: file });
  /** @type {Result[]} */
  const results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const failed = results.some(({ state }) => state === "failed");
  if (results.length === 0) results.push({ name, state: "failed", reason: "ran no test" });
  else if (code !== 0 && !failed)
    results.push({ name, state: "failed", reason: `ended with exit code ${code}` });
  return results;
}

/** @file Installs the locked dependencies where they are missing or stale. Needs nothing but Node and its npm. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

const lock = join(root, "package-lock.json");
/** The lock file's hash when `node_modules` was last filled from it. */
const stamp = join(root, "node_modules", ".lock-sha");

/** Ends the process with one line if Node is too old for the tools. */
function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: this project needs Node 20.19 or newer.`);
}

/**
 * Leaves a `node_modules` that fits `package-lock.json`, or ends the process saying why there is none.
 * @returns {Promise<void>}
 */
export async function ensureInstalled() {
  requireNode();
  const wanted = createHash("sha256").update(readFileSync(lock)).digest("hex");
  const found = existsSync(stamp) ? readFileSync(stamp, "utf8").trim() : undefined;
  if (found === wanted) return;
  const why = found === undefined ? "There are no dependencies yet" : "The dependencies are stale";
  console.log(`${why}: installing what package-lock.json names (npm ci) …`);
  rmSync(stamp, { force: true });
  const code = await npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  if (code !== 0) fail(`npm ci failed with exit code ${code}; its output above says why.`);
  writeFileSync(stamp, wanted);
}

/**
 * Runs npm, the one that started this process where there is one; resolves to its exit code.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function npm(args) {
  const script = process.env["npm_execpath"];
  if (script?.endsWith("npm-cli.js")) return run(process.execPath, [script, ...args]);
  return process.platform === "win32" ? run("cmd", ["/c", "npm", ...args]) : run("npm", args);
}

/**
 * Prints one line and ends the process.
 * @param {string} message
 * @param {number} [code]
 * @returns {never}
 */
export function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

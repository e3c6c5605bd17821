/** @file Runs programs: this project's tools by package name, and anything else by path. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs a program to its end with no standard input and its output shown; resolves to its exit code, 127 if it cannot
 * be started, 124 if it was still running after `timeoutMs`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, timeoutMs?: number, quiet?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { env = {}, timeoutMs, quiet = false } = {}) {
  return new Promise((resolve) => {
    const output = quiet ? "ignore" : "inherit";
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", output, output],
      timeout: timeoutMs,
    });
    child.on("error", () => resolve(127));
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGTERM" ? 124 : 1)));
  });
}

/**
 * Runs the program of an installed package with this Node, without a shell and so alike on every system.
 * @param {string} name the package, whose program has the name of its last part or is its only one
 * @param {readonly string[]} args
 * @param {{ program?: string, env?: Record<string, string>, timeoutMs?: number }} [options]
 * @returns {Promise<number>}
 */
export function tool(name, args, { program = name.split("/").at(-1) ?? name, ...options } = {}) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : (bin[program] ?? Object.values(bin)[0]);
  return run(process.execPath, [join(folder, file), ...args], options);
}

/** @file Opens a page in the person's browser, where there is a person with a browser. */
import { spawn } from "node:child_process";

/**
 * What opens an address on this machine, or nothing in CI and on a Linux without a display.
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {readonly [command: string, ...args: string[]] | undefined}
 */
export function opener(platform, env) {
  if (env["CI"]) return undefined;
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["cmd", "/c", "start", '""'];
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? ["xdg-open"] : undefined;
}

/**
 * Asks for the page to be shown and does not wait; where that fails, the printed address is enough.
 * @param {string} url
 */
export function openBrowser(url) {
  const found = opener(process.platform, process.env);
  if (found === undefined) return;
  const [command, ...args] = found;
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => console.log(`Open ${url} in your browser.`));
  child.unref();
}

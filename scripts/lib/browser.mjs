/** @file Finds a Chrome, Chromium or Edge for the browser tests, or obtains one. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, tool } from "./run.mjs";

const programs = [
  ...["google-chrome", "google-chrome-stable", "chrome", "chromium", "chromium-browser"],
  ...["microsoft-edge", "microsoft-edge-stable"],
];
const macApps = ["Google Chrome", "Chromium", "Microsoft Edge"];
const windowsPaths = [
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Chromium", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
];

/**
 * Where a browser may be, the likeliest first.
 * @returns {string[]}
 */
function candidates() {
  const { env } = process;
  if (process.platform === "darwin") {
    const homes = ["/Applications", join(env["HOME"] ?? "", "Applications")];
    return homes.flatMap((home) =>
      macApps.map((app) => join(home, `${app}.app`, "Contents", "MacOS", app)),
    );
  }
  if (process.platform === "win32") {
    const homes = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]];
    return homes.flatMap((home) => (home ? windowsPaths.map((path) => join(home, ...path)) : []));
  }
  const folders = [...(env["PATH"] ?? "").split(delimiter), "/usr/bin", "/snap/bin"];
  return programs.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
}

/**
 * Some systems have a stub that only says where to get the browser, so it is asked for its version.
 * @param {string} path
 */
function works(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  if (process.platform === "win32") return true; // there, --version would open a window
  return spawnSync(path, ["--version"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}

/**
 * The browser of CHROME_PATH, else an installed one, else Playwright's own.
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function findBrowser() {
  const given = process.env["CHROME_PATH"];
  if (given)
    return works(given)
      ? { path: given }
      : { reason: `CHROME_PATH is ${given}, which does not run` };
  const { chromium } = await import("@playwright/test");
  const path = [...candidates(), chromium.executablePath()].find(works);
  return path === undefined ? { reason: "no Chrome, Chromium or Edge was found" } : { path };
}

/**
 * As `findBrowser`, and where there is none, gets one: Debian's as root, else Playwright's download.
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function obtainBrowser() {
  const found = await findBrowser();
  if ("path" in found || process.env["CHROME_PATH"]) return found;
  for (const obtain of isDebianRoot() ? [installOnDebian, download] : [download]) {
    await obtain();
    const obtained = await findBrowser();
    if ("path" in obtained) return obtained;
  }
  return { reason: `${found.reason} and none could be obtained. ${advice()}` };
}

async function installOnDebian() {
  console.log("No browser found: installing Debian's (apt-get install chromium) …");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const code = await run("apt-get", ["update", "-q"], { env });
  if (code === 0) await run("apt-get", ["install", "-y", "-q", "chromium"], { env });
}
async function download() {
  console.log("No browser found: downloading Playwright's (playwright install chromium) …");
  const options = { program: "playwright", timeoutMs: 300_000 };
  await tool("@playwright/test", ["install", "chromium", "--no-shell"], options);
}
function isDebianRoot() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const release = "/etc/os-release";
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, "utf8"));
}
function advice() {
  const how =
    process.platform === "linux"
      ? 'Install it with "sudo apt-get install chromium" (Debian) or your system\'s package manager'
      : "Install Google Chrome or Microsoft Edge";
  return `${how}, or set CHROME_PATH to the program of one, and run npm test again.`;
}

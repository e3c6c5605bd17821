/** @file npm leaves other platforms' packages out of a lock file where it cannot reach them, and then refuses the file. */

/**
 * @typedef {object} Locked
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {{ packages: Record<string, Locked> }} Lock
 */

const systems = ["aix", "android", "darwin", "freebsd", "linux", "openbsd", "openharmony", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];

/**
 * Optional packages that the lock's packages name but the lock does not have.
 * @param {Lock} lock
 * @returns {{ path: string, entry: Locked }[]} one for each, as npm would have written it, less its integrity
 */
export function missingPlatforms({ packages }) {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, owner, name))
      .map(([name, version]) => ({
        path: `node_modules/${name}`,
        entry: { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true },
      })),
  );
}

/**
 * @param {Lock["packages"]} packages
 * @param {string} owner
 * @param {string} name
 */
const isLocked = (packages, owner, name) =>
  `node_modules/${name}` in packages || `${owner}/node_modules/${name}` in packages;

/**
 * "binding-linux-x64-musl" → what npm compares with the machine. Throws if the name says no system or no processor:
 * such a package would be asked for everywhere.
 * @param {string} name
 * @returns {Pick<Locked, "os" | "cpu" | "libc">}
 */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`no platform in the name "${name}"`);
  const isLinux = os[0] === "linux" && !words.some((word) => /eabi/.test(word));
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : undefined;
  return { os, cpu, ...(isLinux && libc ? { libc } : {}) };
}

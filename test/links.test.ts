/** @file Links that were shared once are read as they were meant, for good: test/fixtures/links holds one file a version. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { catalog, registry } from "../src/engine/index.ts";
import { decodeLink, encodeLink } from "../src/ui/state/link.ts";

const folder = new URL("fixtures/links/", import.meta.url);
const offer = catalog(registry);
/** Each line: a link, a space, and what it stands for. */
const links = readdirSync(folder).flatMap((file) =>
  readFileSync(new URL(file, folder), "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [link = "", ...json] = line.split(" ");
      return [file, link, json.join(" ")] as const;
    }),
);

it.each(links)("%s: %s", (_, link, json) => {
  const found = decodeLink(offer, link);
  expect(found.repairs).toEqual([]);
  expect(JSON.parse(JSON.stringify(found.settings))).toEqual(JSON.parse(json));
});

it("covers every version that is written today", () => {
  const written = encodeLink(JSON.parse(links[0]?.[2] ?? ""))[1];
  expect(links.map(([, link]) => link[1])).toContain(written);
});

import { expect, it } from "vitest";
import { splitNames } from "./names.ts";

it("deals every name once, in lower case, in an order of its own", () => {
  const names = Array.from({ length: 20 }, (_, i) => `N${String.fromCharCode(97 + i)}`);
  const { train, val, test } = splitNames([`${names.join("\n")}\n`, "Na\nNB\n\n"]);
  const [a, b, c] = [train, val, test].map((text) => text.trimEnd().split("\n"));
  expect([a, b, c].map((list) => list?.length)).toEqual([9, 9, 2]);
  const all = [...(a ?? []), ...(b ?? []), ...(c ?? [])];
  expect([...all].sort()).toEqual(names.map((n) => n.toLowerCase()).sort());
  expect(all).not.toEqual([...all].sort());
  expect(splitNames([names.reverse().join("\n")])).toEqual({ train, val, test });
});
it("refuses what is no name", () => {
  expect(() => splitNames(["Zoë"])).toThrow('"zoë" has other characters than a to z and "-"');
});

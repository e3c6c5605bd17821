import { expect, it } from "vitest";
import {
  changeKey,
  isSingle,
  keyName,
  keyOf,
  readKeys,
  shortcuts,
  usualKeys,
  verbFor,
} from "./keys.ts";

it("gives every verb one key of its own, before and after any change", () => {
  for (const { verb } of shortcuts) {
    const changed = changeKey(usualKeys, verb, "q");
    const all = shortcuts.map((s) => keyOf(changed, s.verb));
    expect(new Set(all).size).toBe(all.length);
  }
  const swapped = changeKey(usualKeys, "reset", "n");
  expect(verbFor(swapped, "n")).toBe("reset");
  expect(verbFor(swapped, "r")).toBe("nextCell");
  const given = changeKey(usualKeys, "epoch", "f");
  expect(verbFor(given, "f")).toBe("epoch");
  expect(verbFor(given, "Alt ArrowRight")).toBe("fork");
  expect(readKeys(JSON.stringify(given))).toEqual(given);
});
it("can switch off what a single character does, and leaves Space and arrows", () => {
  const off = { ...usualKeys, hasSingle: false };
  const left = shortcuts.filter(({ key }) => verbFor(off, key)).map(({ verb }) => verb);
  expect(left).toEqual(["play", "step", "nextChange", "epoch", "stepBack", "toStart", "live"]);
});
it("reads what was kept, and nothing that cannot be", () => {
  const kept = changeKey(usualKeys, "xray", "y");
  expect(readKeys(JSON.stringify(kept))).toEqual(kept);
  for (const text of [
    null,
    "",
    "7",
    "null",
    "[]",
    '{"changed":{"xray":"Tab","play":7}}',
    '{"changed":{"xray":"q","table":"q"}}',
  ])
    expect(readKeys(text)).toEqual(usualKeys);
});
it("prints keys as they are engraved", () => {
  expect(["Shift ArrowRight", "Alt ArrowRight", " ", "r", "Shift R"].map(keyName)).toEqual([
    "Shift →",
    "Alt →",
    "Space",
    "R",
    "Shift R",
  ]);
  expect(["r", "Shift R", ".", " ", "Home"].map(isSingle)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

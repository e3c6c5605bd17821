/** @file Numbers and times as people read them. */
import { expect, it } from "vitest";
import { formatDuration } from "./format.ts";

it.each([
  [20, "1 s"],
  [61_400, "61 s"],
  [240_000, "4 min"],
  [5_340_000, "89 min"],
  [7_200_000, "2 h"],
  [4_800_000 + 3_600_000, "2 h 20 min"],
])("says %d ms as %s", (ms, said) => {
  expect(formatDuration(ms)).toBe(said);
});

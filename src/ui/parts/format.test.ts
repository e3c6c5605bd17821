/** @file Numbers and times as people read them. */
import { expect, it } from "vitest";
import { formatDuration, formatFixed } from "./format.ts";

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

it.each([
  [1.0849, "1.085"],
  [-0.5, "−0.500"],
  [7.1605247262792e33, "7.16e33"],
  [-84619883752456192, "−8.46e16"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("says %d with three digits after the point as %s", (value, said) => {
  expect(formatFixed(value, 3)).toBe(said);
});

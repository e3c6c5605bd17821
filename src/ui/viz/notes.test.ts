/** @file Notes hold every lane, every event, and pictures whose addresses stay whole. */
import { expect, it } from "vitest";
import { lectureNotes } from "./notes.ts";

it("writes one file with a table, the cells and the events", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><g transform="translate(1 2)"/></svg>';
  const lane = {
    letter: "A",
    method: "DARTS",
    steps: 40,
    score: 1.23456,
    gradients: undefined,
    genotype: "Genotype(…)",
    pictures: [{ name: "Normal cell", svg }],
  };
  const text = lectureNotes(
    "DARTS on Toy",
    "loss",
    [lane],
    [{ letter: "A", steps: 7, text: "edge 0→1" }],
  );
  expect(text).toContain("# DARTS on Toy\n");
  expect(text).toContain("| lane | method | steps | loss | gradient passes |");
  expect(text).toContain("| A | DARTS | 40 | 1.2346 | – |");
  expect(text).toContain("- **A**, step 7: edge 0→1");
  const address = /!\[Normal cell\]\((data:[^)]*)\)/.exec(text)?.[1] ?? "";
  expect(decodeURIComponent(address.split(",").slice(1).join(","))).toBe(svg);
});

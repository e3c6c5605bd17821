/** @file An edge's part in the gap, from the newest look that is not later, and its seeds by what they chose. */
import { expect, it } from "vitest";
import { edgePartIn, seedChoices } from "./edge-facts.ts";

const look = (step: number, gap: number, cost: number) => ({
  ...{ probe: "edges", step, passes: 4, ms: 1 },
  values: { gap, "normal.3": cost },
});

it("takes the newest look up to the moment, and its share of that look's gap", () => {
  const probed = [look(5, 0.2, 0.05), look(9, 0.4, -0.1)];
  expect(edgePartIn(probed, 8, "normal", 3)).toEqual({
    cost: 0.05,
    share: 0.25,
    gap: 0.2,
    step: 5,
  });
  expect(edgePartIn(probed, 9, "normal", 3)?.share).toBe(-0.25);
  expect(edgePartIn(probed, 4, "normal", 3)).toBeUndefined();
  expect(edgePartIn(probed, 9, "reduce", 3)).toBeUndefined();
});

it("gives no share of a gap that is hardly there", () => {
  expect(edgePartIn([look(1, 1e-5, 0.01)], 1, "normal", 3)?.share).toBeUndefined();
});

it("lists seeds by their choice, the most frequent first, dropped ones too", () => {
  const cell = (op: string) => [{ from: 0, to: 2, op }];
  const cells = [
    { seed: 1, edges: cell("skip_connect") },
    { seed: 2, edges: [] },
    { seed: 3, edges: cell("sep_conv_3x3") },
    { seed: 4, edges: cell("sep_conv_3x3") },
  ];
  expect(seedChoices(cells, { from: 0, to: 2 })).toEqual([
    { op: "sep_conv_3x3", seeds: [3, 4] },
    { op: "skip_connect", seeds: [1] },
    { op: undefined, seeds: [2] },
  ]);
});

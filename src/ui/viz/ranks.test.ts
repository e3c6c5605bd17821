/** @file Ranks over seeds: equal seeds agree fully, opposite ones not at all, and every seed is one dot a candidate. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import { at } from "./at.ts";
import { dotsOf, ranksOf } from "./ranks.ts";

const cell = cellGroup(2, 3);
const edge = (alphas: readonly (readonly number[])[]) =>
  at(
    ranksOf(
      cell,
      alphas.map((a) => [...a, 0, 0, 0]),
    ),
    0,
  );

it("gives 1 to the largest α, and equal ones the mean of their ranks", () => {
  expect(edge([[0.1, 0.3, 0.2]]).ranks).toEqual([[3], [1], [2]]);
  expect(edge([[1, 0, 1]]).ranks).toEqual([[1.5], [3], [1.5]]);
  expect(edge([[0.1, 0.3, 0.2]]).concordance).toBeUndefined();
});

it("is 1 for seeds that agree and 0 for two that are opposite", () => {
  const up = [0, 1, 2];
  expect(edge([up, [0, 5, 9], up]).concordance).toBeCloseTo(1);
  expect(edge([up, [2, 1, 0]]).concordance).toBeCloseTo(0);
  // Computed by hand: mean ranks 4/3, 5/3, 3 about 2.
  expect(
    edge([
      [3, 2, 1],
      [3, 2, 1],
      [2, 3, 1],
    ]).concordance,
  ).toBeCloseTo((12 * (4 / 9 + 1 / 9 + 1)) / 24);
});

it("has each seed in one dot of every candidate, and ranks that sum up alike", () => {
  const alphas = fc.array(fc.array(fc.float({ noNaN: true }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(alphas, (seeds) => {
      const ranks = edge(seeds);
      for (let seed = 0; seed < seeds.length; seed++)
        expect(ranks.ranks.reduce((sum, row) => sum + at(row, seed), 0)).toBeCloseTo(6);
      const dots = dotsOf(ranks);
      for (let op = 0; op < 3; op++)
        expect(
          dots
            .filter((dot) => dot.op === op)
            .flatMap((dot) => dot.of)
            .sort(),
        ).toEqual([...seeds.keys()]);
    }),
  );
});

/** @file A step of the toy is walked through: what has moved by a stage, in the method's own order. */
import { expect, it } from "vitest";
import { movesInside } from "./plane-inside.ts";

const before = { alpha: 2, w: -2, y: -2 };
const after = { alpha: 1.1, w: -0.4, y: -1 };
const rarts = [{ moves: "w" }, { moves: "y" }, {}, { moves: "alpha" }] as const;

it("moves one variable in a stage, from where the stages before it have led", () => {
  const moves = movesInside(rarts, 3, before, after);
  expect(moves).toEqual([
    { of: "w", from: { alpha: 2, w: -2 }, to: { alpha: 2, w: -0.4 }, isNow: false },
    { of: "y", from: { alpha: 2, w: -2 }, to: { alpha: 2, w: -1 }, isNow: false },
    { of: "alpha", from: { alpha: 2, w: -0.4 }, to: { alpha: 1.1, w: -0.4 }, isNow: true },
  ]);
});

it("shows nothing of later stages, and nothing new where a stage only computes", () => {
  expect(movesInside(rarts, 0, before, after).map(({ of }) => of)).toEqual(["w"]);
  const computing = movesInside(rarts, 2, before, after);
  expect(computing.map(({ of, isNow }) => [of, isNow])).toEqual([
    ["w", false],
    ["y", false],
  ]);
});

it("leaves out what the method does not have", () => {
  const darts = [{}, { moves: "alpha" }, { moves: "w" }] as const;
  const { y: _, ...one } = before;
  const moves = movesInside(darts, 2, one, { alpha: 2.2, w: -1.6 });
  expect(moves.map(({ to }) => to)).toEqual([
    { alpha: 2.2, w: -2 },
    { alpha: 2.2, w: -1.6 },
  ]);
  expect(movesInside([{ moves: "y" }], 0, one, after)).toEqual([]);
});

// @vitest-environment happy-dom
/** @file One edge's ranks: a dot for each rank that a seed gives, as large as seeds are many, and said in words. */
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import { at } from "../viz/at.ts";
import { ranksOf } from "../viz/ranks.ts";
import { RankDots } from "./RankDots.tsx";

afterEach(cleanup);
const cell = cellGroup(2, 3);
const group = { ...cell, edges: cell.edges.slice(-1) };

it("draws and says who is first", () => {
  const alphas = [
    [0, 1, 2],
    [0, 1, 2],
    [1, 0, 2],
    [0, 2, 1],
  ];
  const ranks = at(ranksOf(group, alphas), 0);
  const { container } = render(<RankDots group={group} ranks={ranks} seeds={[7, 8, 9, 10]} />);
  const said = "sep conv 3×3 first in 3 of 4, skip first in 1 of 4";
  expect(screen.getByRole("img").getAttribute("aria-label")).toContain(said);
  const dots = [...container.querySelectorAll("circle")];
  expect(dots.map((dot) => dot.textContent)).toEqual([
    "none, rank 2: seed 9",
    "none, rank 3: seeds 7, 8, 10",
    "skip, rank 1: seed 10",
    "skip, rank 2: seeds 7, 8",
    "skip, rank 3: seed 9",
    "sep conv 3×3, rank 1: seeds 7, 8, 9",
    "sep conv 3×3, rank 2: seed 10",
  ]);
  const area = (i: number) => Number(dots[i]?.getAttribute("r")) ** 2;
  expect(area(1) / area(0)).toBeCloseTo(3);
  expect(screen.getByText(/^W \d\.\d\d$/)).toBeDefined();
});

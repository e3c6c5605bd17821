/** @file Badges of what is kept stand where their rope runs alone. */
import { expect, it } from "vitest";
import { wideFrame } from "../viz/cell-layout.ts";
import { bowed } from "../viz/cell-routes.ts";
import { layRope } from "../viz/rope.ts";
import { alongFor, badgePlaces } from "./badge-places.ts";

const rope = (x0: number, y0: number, x1: number, y1: number) =>
  layRope(bowed({ x: x0, y: y0 }, { x: x1, y: y1 }, 0), wideFrame);
const across = rope(0, 100, 400, 100);

it("keeps an op's own place on a rope that runs alone", () => {
  const places = badgePlaces([across, rope(0, 300, 400, 300)], wideFrame, 3);
  expect([0, 1, 2].map((op) => places(0, op)[0])).toEqual([0, 1, 2].map((op) => alongFor(op, 3)));
});

it("goes elsewhere where another rope crosses, and back to its own place last", () => {
  const own = alongFor(0, 3);
  const badges = badgePlaces([across, rope(400 * own, 0, 400 * own, 200)], wideFrame, 3);
  const places = badges(0, 0);
  const first = places[0] ?? own;
  expect(Math.abs(first - own) * 400).toBeGreaterThan(wideFrame.rope / 2);
  expect(places).toContain(own);
});

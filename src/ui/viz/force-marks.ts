/** @file How a hand on α looks: the same small signs on the cell, in the card and in exported pictures. */
import type { Force } from "../../protocol/spec.ts";
import { at } from "./at.ts";
import type { Point } from "./cell-layout.ts";
import { pointOn, type Rope } from "./rope.ts";

/** Drawn as lines on a grid of 12 × 12 around (0, 0). */
export const forceGlyphs: Readonly<Record<Force["kind"], string>> = {
  // A spring.
  hold: "M-5,0H-4L-2.5,-3L-0.5,3L1.5,-3L3.5,3L4.5,0H5",
  // A drawing pin.
  pin: "M-2.5,-4.5H2.5M-1.5,-4.5V-0.5L-3.5,1.5H3.5L1.5,-0.5V-4.5M0,1.5V5",
  // A crossed-out circle.
  mask: "M4,0A4,4 0 1 1 -4,0A4,4 0 1 1 4,0M-2.8,2.8L2.8,-2.8",
};

/** What each hand does, in a few words. */
export const forceHelp: Readonly<Record<Force["kind"], string>> = {
  hold: "a spring pulls α to its value",
  pin: "α stands still",
  mask: "the operation is out",
};

/** Where a force's sign stands: those of one edge share its length. */
export function forcePlace(force: Force, all: readonly Force[], ropes: readonly Rope[]): Point {
  const mine = all.filter(({ edge }) => edge === force.edge);
  const along = (mine.indexOf(force) + 1) / (mine.length + 1);
  return pointOn(at(ropes, force.edge), along, 0.5);
}

/** @file Axis ranges that stay put while data grows: they widen in round steps, so that curves do not creep. */

import { ticks } from "d3";
import { at } from "./at.ts";

/** Smallest and largest value shown. */
export type Domain = readonly [low: number, high: number];

const rounds = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The end of an iteration axis: the next round number from `step` on, at least 10. */
export function roundUp(step: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(10, step)));
  return Math.max(10, unit * (rounds.find((r) => r * unit >= step) ?? 10));
}

/** Widens a range of finite numbers outwards to whole ticks, about `count` of them; one without width gets some. */
export function roundRange(low: number, high: number, count = 5): Domain {
  const [a, b] =
    low === high
      ? [low - Math.max(1, Math.abs(low)) / 10, high + Math.max(1, Math.abs(high)) / 10]
      : [low, high];
  const marks = ticks(a, b, count);
  const step = marks.length > 1 ? at(marks, 1) - at(marks, 0) : b - a;
  const round = (v: number) => Number(v.toPrecision(12));
  return [round(Math.floor(a / step + 1e-9) * step), round(Math.ceil(b / step - 1e-9) * step)];
}

/** Widens a range of finite numbers above zero outwards to 1, 2 or 5 times a power of ten. */
export function roundLogRange(low: number, high: number): Domain {
  const marks = [1, 2, 5, 10];
  const unit = (v: number) => 10 ** Math.floor(Math.log10(v) + 1e-9);
  const [below, above] = [unit(low), unit(high)];
  const bottom = below * (marks.findLast((m) => m * below <= low * (1 + 1e-9)) ?? 1);
  const top = above * (marks.find((m) => m * above >= high * (1 - 1e-9)) ?? 10);
  const round = (v: number) => Number(v.toPrecision(12));
  return [round(bottom), round(bottom < top ? top : top * 2)];
}

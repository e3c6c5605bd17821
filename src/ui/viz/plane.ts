/** @file The toy's phase plane: what it must show, and how marks that meet are kept apart. */

import { line, type ScaleLinear, scaleLinear } from "d3";
import type { StepRecord } from "../../protocol/messages.ts";
import { at } from "./at.ts";
import { thinTrail } from "./decimate.ts";
import { type Domain, roundRange } from "./domain.ts";
import type { Live } from "./live.ts";
import type { ToyEnd } from "./toy-end.ts";
import { rateAt, startAt, type ToyPoint, type ToyRules } from "./toy-step.ts";

/** A state of the toy: α across, w up. */
export interface State {
  readonly alpha: number;
  readonly w: number;
}
/** α and the weights at a moment: w, and y for methods that keep a second copy. */
export interface Weights extends State {
  readonly y?: number | undefined;
}
/** What a record of the toy says; undefined without a record. */
export function weightsIn(record: StepRecord | undefined): Weights | undefined {
  const values = record?.values;
  const [alpha, w, y] = [values?.["alpha"], values?.["w"], values?.["y"]];
  return alpha === undefined || w === undefined ? undefined : { alpha, w, y };
}
/** One run on the toy. Records only grow, in new arrays; a shorter one is a new start. */
export interface PlaneLane {
  readonly id: string;
  /** The method's, as on its lane: "R", "D1". */
  readonly letter: string;
  readonly label: string;
  /** Their `values` are { alpha, w, y? }. */
  readonly records: Live<readonly StepRecord[]>;
  /** Where the lane's method ends with its present settings. */
  readonly end: ToyEnd;
  /** The present settings. */
  readonly rules: ToyRules;
  /** Where its run began, which may no longer be where the next one will. */
  readonly origin: State;
  /** Of how many steps the run is. */
  readonly steps: number;
}

/** The bilevel optimum of DARTS fig. 2. */
export const optimum: State = { alpha: 1, w: 1 };
/** What the plane always shows, so that a start can be dragged about in it. */
const frame: readonly State[] = [
  { alpha: -1, w: -2.5 },
  { alpha: 3.5, w: 3.5 },
];
/** A trail that leaves this square around the origin is cut off: it diverges, or is about to. */
export const farthest = 8;

/** The states of a run's records, those without finite numbers left out. */
export function statesOf(records: readonly StepRecord[]): readonly State[] {
  return records.flatMap((record) => {
    const now = weightsIn(record);
    return now && Number.isFinite(now.alpha + now.w) ? [{ alpha: now.alpha, w: now.w }] : [];
  });
}

export interface PlaneDomain {
  readonly alpha: Domain;
  readonly w: Domain;
}
export interface PlaneScales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

/** Both axes' ranges: the frame, the start, and what else there is within `farthest` of the origin. */
export function planeDomain(start: State, others: readonly (readonly State[])[]): PlaneDomain {
  const extent = (of: (s: State) => number): Domain => {
    let [low, high] = [of(start), of(start)];
    for (const states of [frame, ...others])
      for (const state of states) {
        const v = Math.min(farthest, Math.max(-farthest, of(state)));
        if (v < low) low = v;
        if (v > high) high = v;
      }
    // A tenth of room, so that no mark sits on the frame.
    const room = (high - low) / 10;
    return roundRange(low - room, high + room, 8);
  };
  return { alpha: extent((s) => s.alpha), w: extent((s) => s.w) };
}

/** Where a run stands after its last record, with what momentum carries; `origin` if there is none. */
export function pointNow(
  records: readonly StepRecord[],
  origin: State,
  { optimizers: { weights, alpha } }: ToyRules,
  steps: number,
): ToyPoint {
  const start = startAt(origin.alpha, origin.w);
  const pointOf = (record: StepRecord | undefined) => {
    const now = weightsIn(record);
    return now && { ...now, y: now.y ?? now.w };
  };
  const now = pointOf(records.at(-1));
  if (!now) return start;
  const before = pointOf(records.at(-2)) ?? start;
  const clock = { step: records.length - 1, of: steps };
  const rate = (spec: typeof weights) => (spec.kind === "sgd" ? rateAt(spec, clock) : 1);
  // x ← x − η v, so v is what was gone, over the rate.
  const velocity = [
    (before.alpha - now.alpha) / rate(alpha),
    (before.w - now.w) / rate(weights),
    (before.y - now.y) / rate(weights),
  ] as const;
  return { ...now, velocity };
}

/** Maps the plane to px inside a plot `width` × `height`, w upwards. */
export function planeScales(domain: PlaneDomain, width: number, height: number): PlaneScales {
  return {
    x: scaleLinear(domain.alpha, [0, width]),
    y: scaleLinear(domain.w, [height, 0]),
  };
}

/** A trail as an SVG path, thinned to a point a px; what lies far outside the plot is drawn no farther than it must. */
export function trailPath(states: readonly State[], { x, y }: PlaneScales): string {
  const reach = (v: number) => Math.min(1e4, Math.max(-1e4, v));
  const points = states.map((s) => ({ x: reach(x(s.alpha)), y: reach(y(s.w)) }));
  const path = line<{ x: number; y: number }>(
    (p) => p.x,
    (p) => p.y,
  ).digits(1);
  return path(thinTrail(points, 1) as { x: number; y: number }[]) ?? "";
}

/** Where a lane's letter goes: at its newest state, or where it was last seen if it has left the plot. */
export function headOf(
  states: readonly State[],
  { x, y }: PlaneScales,
): State & { readonly isInside: boolean } {
  const inside = (s: State) => within(s.alpha, x.domain()) && within(s.w, y.domain());
  const seen = states.findLastIndex(inside);
  return { ...at(states, Math.max(0, seen)), isInside: seen === states.length - 1 };
}
const within = (v: number, [low = 0, high = 0]: readonly number[]) => v >= low && v <= high;

/**
 * For each point, which of the points at most `reach` from it, itself included, it is, in order, and of how many; and the
 * index of the first of them.
 */
export function neighbours(
  points: readonly { readonly x: number; readonly y: number }[],
  reach: number,
): readonly { readonly place: number; readonly of: number; readonly first: number }[] {
  return points.map((p, i) => {
    const near = points.flatMap((q, j) => (Math.hypot(p.x - q.x, p.y - q.y) <= reach ? [j] : []));
    return { place: near.indexOf(i), of: near.length, first: near[0] ?? i };
  });
}

export const sameDomain = (a: PlaneDomain, b: PlaneDomain) =>
  `${a.alpha},${a.w}` === `${b.alpha},${b.w}`;

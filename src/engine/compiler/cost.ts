/** @file Multiply-adds and bytes of kernel calls: balances threads, predicts time, and is what the page's ledger shows. */
import type { Window } from "./geometry.ts";
import type { Plan } from "./plan.ts";
import { passes, runs, type Selection } from "./select.ts";
import type { Spec } from "./spec.ts";

/** Multiply-adds of one call, border taps not counted. */
export function multiplyAdds(spec: Spec): number {
  switch (spec.kind) {
    case "depthwise":
    case "depthwiseBackInput":
    case "depthwiseBackWeight":
      return windowTaps(spec.window);
    case "pointwise":
    case "pointwiseBackWeight":
      return spec.out * spec.in * spec.geo.size;
    case "statistics":
      return 2 * spec.n * spec.geo.size;
    case "normaliseBack":
      return 4 * spec.n * spec.geo.size;
    case "normalise":
    case "mix":
    case "dot":
    case "scale":
    case "biasBack":
    case "average":
    case "averageBack":
      return spec.n * spec.geo.size;
    case "pool":
    case "poolBack":
      return 9 * spec.n * spec.dst.size;
    case "patches":
    case "patchesBack":
    case "halve":
    case "halveBack":
    case "zero":
      return 0;
  }
}

/** (output, tap) pairs that fall inside the image. */
function windowTaps({ k, d, s, src, dst, n }: Window): number {
  const along = (to: number, from: number): number => {
    let pairs = 0;
    for (let o = 0; o < to; o++)
      for (let t = 0; t < k; t++) {
        const at = o * s + t * d - ((k - 1) / 2) * d;
        if (at >= 0 && at < from) pairs++;
      }
    return pairs;
  };
  return n * dst.b * along(dst.h, src.h) * along(dst.w, src.w);
}

/** Floats that one call moves between the arena and the processor, each operand counted once. */
function floatsMoved(spec: Spec): number {
  switch (spec.kind) {
    case "zero":
      return spec.size;
    case "depthwise":
    case "depthwiseBackInput":
    case "depthwiseBackWeight":
      return spec.window.n * (spec.window.src.size + spec.window.dst.size);
    case "patches":
    case "patchesBack":
      return spec.window.n * (spec.window.src.size + spec.window.k ** 2 * spec.window.dst.size);
    case "pointwise":
    case "pointwiseBackWeight":
      return (spec.out + spec.in) * spec.geo.size;
    case "statistics":
    case "biasBack":
      return spec.n * spec.geo.size;
    case "normalise":
    case "dot":
    case "scale":
    case "mix":
      return 2 * spec.n * spec.geo.size;
    case "normaliseBack":
      return 3 * spec.n * spec.geo.size;
    case "pool":
    case "poolBack":
      return spec.n * (spec.src.size + 3 * spec.dst.size);
    case "halve":
    case "halveBack":
      return 2 * spec.n * spec.dst.size;
    case "average":
    case "averageBack":
      return spec.n * spec.geo.size;
  }
}

/** Relative time of a call: arithmetic or memory, whichever is slower, plus the call itself. */
export const timeOf = (spec: Spec, terms = 1): number =>
  Math.max(multiplyAdds(spec), 4 * floatsMoved(spec)) *
    (spec.kind === "mix" ? (1 + terms) / 2 : 1) +
  2000;

/** What one evaluation of a plan costs under a setting of its switches. */
export interface Cost {
  /** Forward and backward passes. */
  readonly passes: number;
  /** Kernel calls. */
  readonly calls: number;
  /** Points where all threads meet. */
  readonly steps: number;
  readonly multiplyAdds: number;
  /** Bytes that kernels move, each operand of a call counted once. */
  readonly bytesMoved: number;
}

/** Counts what `selection` runs. */
export function costOf(plan: Plan, selection: Selection): Cost {
  const cost = { passes: 0, calls: 0, steps: 0, multiplyAdds: 0, bytesMoved: 0 };
  for (const pass of passes(plan, selection)) {
    cost.passes++;
    for (const step of pass) {
      const ops = step.flat().filter((op) => runs(op, selection));
      if (ops.length > 0) cost.steps++;
      cost.calls += ops.length;
      for (const { kernel } of ops) {
        const spec = plan.kernels[kernel] as Spec;
        cost.multiplyAdds += multiplyAdds(spec);
        cost.bytesMoved += 4 * floatsMoved(spec);
      }
    }
  }
  return cost;
}

/** Bytes of memory that a plan needs with this many threads. */
export const arenaBytes = ({ floats, scratch }: Plan, threads = 1): number =>
  4 * (floats + (threads - 1) * scratch.size);

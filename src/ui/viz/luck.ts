/** @file Is a cell better than luck? Where its accuracy stands among those of random cells, and how sure that is. */
import { bin, type ScaleLinear, scaleLinear } from "d3";
import { type Interval, wilson } from "./consensus.ts";

/** A cell's standing among random ones. */
export interface Standing {
  /** Share of random cells that are worse; a tie counts half. */
  readonly share: number;
  /** Of that share, by Wilson, 95 %. */
  readonly interval: Interval;
  /** "luck" where the interval holds one half, so that a random cell may do as well. */
  readonly verdict: "better" | "worse" | "luck";
}

/** `random` and `accuracy` are shares of right answers. */
export function standingOf(accuracy: number, random: readonly number[]): Standing {
  const worse = random.filter((a) => a < accuracy).length;
  const same = random.filter((a) => a === accuracy).length;
  const wins = worse + same / 2;
  const interval = wilson(wins, random.length);
  const [low, high] = interval;
  return {
    share: random.length === 0 ? 0.5 : wins / random.length,
    interval,
    verdict: low > 0.5 ? "better" : high < 0.5 ? "worse" : "luck",
  };
}

/** One bar of a histogram, from accuracy `x0` to `x1`. */
export interface Bar {
  readonly x0: number;
  readonly x1: number;
  readonly count: number;
}
/** Bars over all accuracies, and where they and the pins are drawn: (0, `width`) px from the lowest to the highest. */
export interface Histogram {
  readonly bars: readonly Bar[];
  readonly most: number;
  readonly x: ScaleLinear<number, number>;
}

/** Undefined without accuracies. */
export function histogramOf(
  random: readonly number[],
  pins: readonly number[],
  width: number,
): Histogram | undefined {
  const all = [...random, ...pins];
  if (all.length === 0) return undefined;
  // One value alone still needs a width.
  const margin = 0.01;
  const x = scaleLinear()
    .domain([Math.min(...all) - margin, Math.max(...all) + margin])
    .range([0, width])
    .nice();
  const [low = 0, high = 1] = x.domain();
  const bars = bin().domain([low, high]).thresholds(x.ticks(16))(random);
  return {
    bars: bars.map((b) => ({ x0: b.x0 ?? low, x1: b.x1 ?? high, count: b.length })),
    most: Math.max(1, ...bars.map((b) => b.length)),
    x,
  };
}

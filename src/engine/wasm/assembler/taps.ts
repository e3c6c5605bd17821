/** @file Which places of the input a filter's taps read, for the convolution and for its transpose: plain integers. */
import type { Window } from "../../compiler/geometry.ts";
import { range } from "./loops.ts";

type Filter = Pick<Window, "k" | "d" | "s">;
/** Tap `tap` along an axis reads place `at`. */
export interface Use {
  readonly tap: number;
  readonly at: number;
}
/** What output place `o` reads along an axis of `length` places; padding is left out. */
export function along(filter: Filter, back: boolean, o: number, length: number): Use[] {
  return range(filter.k)
    .map((tap) => ({ tap, at: place(filter, back, o, tap) }))
    .filter(({ at }) => Number.isInteger(at) && at >= 0 && at < length);
}
function place({ k, d, s }: Filter, back: boolean, o: number, tap: number): number {
  const shift = tap * d - ((k - 1) / 2) * d;
  return back ? (o - shift) / s : o * s + shift;
}

/** Output columns in an order in which neighbours read almost the same input columns. */
export function interleaved({ d, s }: Filter, back: boolean, width: number): number[] {
  const step = back ? Math.max(d, s) : d % s === 0 ? d / s : d;
  return range(step).flatMap((first) => range(width).filter((o) => o % step === first));
}

/** Row i of a filter over rows `first` + t · step of the output: it reads row `base` + t · rowStep. */
export interface TapRow {
  readonly i: number;
  readonly base: number;
  /** Whether that row lies inside for every t. */
  readonly always: boolean;
}
/** Output rows that see the same rows of the filter. */
interface Rows {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  readonly rowStep: number;
  /** If any lies inside for every t, such a one comes first. */
  readonly taps: readonly TapRow[];
}

/** All output rows: at once, or for the transpose of stride 2 the even and the odd ones. */
export function passesOver(filter: Filter, back: boolean, height: number, length: number): Rows[] {
  const step = back ? filter.s : 1;
  const rowStep = back ? 1 : filter.s;
  return range(Math.min(step, height)).map((first) => {
    const count = Math.ceil((height - first) / step);
    const taps = range(filter.k)
      .map((i) => ({ i, base: place(filter, back, first, i) }))
      .filter(({ base }) => Number.isInteger(base) && base < length)
      .map(({ i, base }) => {
        const last = base + (count - 1) * rowStep;
        return { i, base, last, always: base >= 0 && last < length };
      })
      .filter(({ last }) => last >= 0)
      .map(({ i, base, always }) => ({ i, base, always }));
    taps.sort((a, b) => Number(b.always) - Number(a.always));
    return { first, step, count, rowStep, taps };
  });
}

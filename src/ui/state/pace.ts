/** @file How fast a run really goes: steps by the clock on the wall, not by the engine's own time. */

/** Steps are averaged over this time, or over the last two sightings if those lie further apart. */
const windowMs = 3000;

export interface Pace {
  /** Tells that `steps` were done at `nowMs`. Fewer than before means another run: starts over. */
  saw(steps: number, nowMs: number): void;
  /** Forgets: the run stands still. */
  rest(): void;
  /** Steps per second; undefined until two sightings are known. */
  perSecond(): number | undefined;
}

export function createPace(): Pace {
  let seen: { readonly steps: number; readonly ms: number }[] = [];
  return {
    saw(steps, nowMs) {
      const last = seen.at(-1);
      if (last && steps < last.steps) seen = [];
      if (last?.steps === steps) return;
      const recent = seen.filter(({ ms }) => nowMs - ms <= windowMs);
      seen = [...(recent.length > 0 ? recent : seen.slice(-1)), { steps, ms: nowMs }];
    },
    rest() {
      seen = [];
    },
    perSecond() {
      const [first] = seen;
      const last = seen.at(-1);
      if (!first || !last || last.ms <= first.ms) return undefined;
      return ((last.steps - first.steps) * 1000) / (last.ms - first.ms);
    },
  };
}

/** @file When React may follow what streams: all samples in one go, in turns that an input may interrupt. */
import { startTransition } from "react";

/** Who wants to read a value anew soon. */
export interface Turns {
  /** Calls `look` once, soon; a second wish before that changes nothing. */
  ask(look: () => void): void;
  /** Takes a wish back. */
  cancel(look: () => void): void;
}

/** As soon as React finds the time. */
export const nextTurn: Turns = { ask: (look) => startTransition(look), cancel: () => {} };

/** Numbers in text are read at most this often. */
const sampleMs = 250;
/** Where the page is so busy that its timers are late, they are read less often, but not less than this. */
const longestMs = 1000;

/** All that wait are called together, `sampleMs` after those before them at the earliest. */
export function createSampler(): Turns {
  const waiting = new Set<() => void>();
  let isDue = false;
  let dueMs = Number.NEGATIVE_INFINITY;
  const take = () => {
    isDue = false;
    const now = performance.now();
    dueMs = now + Math.min(longestMs, sampleMs + 5 * Math.max(0, now - dueMs));
    const looks = [...waiting];
    waiting.clear();
    startTransition(() => {
      for (const look of looks) look();
    });
  };
  return {
    ask(look) {
      waiting.add(look);
      if (isDue) return;
      isDue = true;
      dueMs = Math.max(dueMs, performance.now());
      setTimeout(take, dueMs - performance.now());
    },
    cancel: (look) => void waiting.delete(look),
  };
}

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

/** All that wait are called together, `sampleMs` after those before them at the earliest. */
export function createSampler(): Turns {
  const waiting = new Set<() => void>();
  let isDue = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  const take = () => {
    isDue = false;
    lastMs = performance.now();
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
      setTimeout(take, Math.max(0, lastMs + sampleMs - performance.now()));
    },
    cancel: (look) => void waiting.delete(look),
  };
}

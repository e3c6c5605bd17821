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
/** Those that may be read so soon are read with the others, in one go. */
const togetherMs = 60;

/** Each is called at once if it was not lately, or else `sampleMs` after the last time. */
export function createSampler(): Turns {
  const waiting = new Set<() => void>();
  /** From when on each may be called again. */
  const free = new WeakMap<() => void, number>();
  let timer: { readonly id: ReturnType<typeof setTimeout>; readonly dueMs: number } | undefined;
  const take = () => {
    const now = performance.now();
    const lateMs = Math.max(0, now - (timer?.dueMs ?? now));
    const nextMs = now + Math.min(longestMs, sampleMs + 5 * lateMs);
    timer = undefined;
    const looks = [...waiting].filter((look) => (free.get(look) ?? 0) <= now + togetherMs);
    for (const look of looks) {
      waiting.delete(look);
      free.set(look, Math.max(nextMs, (free.get(look) ?? 0) + sampleMs));
    }
    startTransition(() => {
      for (const look of looks) look();
    });
    for (const look of waiting) arm(free.get(look) ?? 0);
  };
  const arm = (freeMs: number) => {
    const now = performance.now();
    const dueMs = Math.max(now, freeMs);
    if (timer && timer.dueMs <= dueMs) return;
    clearTimeout(timer?.id);
    timer = { id: setTimeout(take, dueMs - now), dueMs };
  };
  return {
    ask(look) {
      if (waiting.has(look)) return;
      waiting.add(look);
      arm(free.get(look) ?? 0);
    },
    cancel: (look) => void waiting.delete(look),
  };
}

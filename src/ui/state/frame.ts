/** @file Gathers what comes faster than it can be used. */

/** Calls `f` soon, and gives a way to call it off. */
export type Schedule = (f: () => void) => () => void;

/** Once per drawn frame; a hidden page draws none, so a timer stands in. */
export const nextFrame: Schedule = (f) => {
  if (document.hidden) return after(16)(f);
  const id = requestAnimationFrame(f);
  return () => cancelAnimationFrame(id);
};

/** After `ms` milliseconds. */
export const after =
  (ms: number): Schedule =>
  (f) => {
    const id = setTimeout(f, ms);
    return () => clearTimeout(id);
  };

/** Takes values, keeps the newest for each key, and hands them on later, or `now`. */
export interface Gatherer<K, V> {
  put(key: K, value: V): void;
  /** Hands on at once what waits. */
  now(): void;
}

/** Hands what was put to `flush` once per `schedule`. */
export function gather<K, V>(
  schedule: Schedule,
  merge: (before: V | undefined, value: V) => V,
  flush: (key: K, value: V) => void,
): Gatherer<K, V> {
  const pending = new Map<K, V>();
  const now = () => {
    const due = [...pending];
    pending.clear();
    for (const [k, v] of due) flush(k, v);
  };
  return {
    put(key, value) {
      if (pending.size === 0) schedule(now);
      pending.set(key, merge(pending.get(key), value));
    },
    now,
  };
}

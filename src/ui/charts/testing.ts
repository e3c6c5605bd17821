/** @file For tests of charts: live values and a plot's size. */
import type { Live } from "../viz/live.ts";

/** A live value that a test sets; `listeners` are those who follow it. */
export function live<T>(
  value: T,
): Live<T> & { set(next: T): void; readonly listeners: Set<() => void> } {
  const listeners = new Set<() => void>();
  let now = value;
  return {
    listeners,
    get: () => now,
    set(next) {
      now = next;
      for (const changed of listeners) changed();
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
/** A plot's size, which a DOM without layout does not know. */
export class SizedObserver {
  readonly report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.report = report;
  }
  observe() {
    const entry = { contentRect: { width: 484, height: 256 } } as ResizeObserverEntry;
    this.report([entry], this as unknown as ResizeObserver);
  }
  unobserve() {}
  disconnect() {}
}

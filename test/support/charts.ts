/** @file For tests of mounted charts: live values, a plot's size, and time that passes when told to. */
import { act, cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import type { Live } from "../../src/ui/viz/live.ts";

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
class SizedObserver {
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

/** Every test of the file has fake timers and sized plots, and leaves nothing mounted. */
export function mountsCharts(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("ResizeObserver", SizedObserver);
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
/** Lets so many ms pass, enough for a chart to be drawn again. */
export const frames = async (ms = 700): Promise<void> => {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
};

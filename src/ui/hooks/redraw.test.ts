// @vitest-environment happy-dom
/** @file Redrawing keeps to its rate, never misses the last change, and stops when told. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { redrawOnChange } from "./redraw.ts";

const listeners = new Set<() => void>();
const source = {
  get: () => 0,
  subscribe(changed: () => void) {
    listeners.add(changed);
    return () => listeners.delete(changed);
  },
};
const change = () => {
  for (const changed of listeners) changed();
};
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([15, 2])("draws at once, then at most %d times a second", async (perSecond) => {
  const draw = vi.fn();
  const stop = redrawOnChange([source], draw, perSecond);
  expect(draw).toHaveBeenCalledTimes(1);
  for (let ms = 0; ms < 2000; ms += 5) {
    change();
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(draw.mock.calls.length).toBeLessThanOrEqual(2 * perSecond + 1);
  expect(draw.mock.calls.length).toBeGreaterThan(1.5 * perSecond);
  stop();
});

it("draws the last change, and nothing after it is stopped", async () => {
  const draw = vi.fn();
  const stop = redrawOnChange([source, source], draw, 2);
  change();
  await vi.advanceTimersByTimeAsync(1000);
  expect(draw).toHaveBeenCalledTimes(2);
  change();
  stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(draw).toHaveBeenCalledTimes(2);
  expect(listeners.size).toBe(0);
});

it("leaves what does not fit in one frame for the next, and rests after a slow one", async () => {
  const at: number[] = [];
  let spentMs = 0;
  const clock = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + spentMs);
  const slow = () => {
    at.push(clock());
    spentMs += 50;
  };
  const stops = [redrawOnChange([source], slow, 15), redrawOnChange([source], slow, 15)];
  at.length = 0;
  await vi.advanceTimersByTimeAsync(100);
  change();
  await vi.advanceTimersByTimeAsync(100);
  expect(at).toHaveLength(2);
  // Not in the frame of the first, which has used up its time.
  expect((at[1] as number) - (at[0] as number)).toBeGreaterThan(10);
  const before = at.length;
  change();
  await vi.advanceTimersByTimeAsync(80);
  expect(at).toHaveLength(before);
  await vi.advanceTimersByTimeAsync(1500);
  expect(at.length).toBeGreaterThan(before);
  for (const stop of stops) stop();
});

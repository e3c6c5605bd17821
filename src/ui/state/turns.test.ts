/** @file Samples: at once where nothing was read lately, all in one go, four times a second at most. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createSampler } from "./turns.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("reads at once, and then four times a second at most", async () => {
  const sampler = createSampler();
  const look = vi.fn();
  sampler.ask(look);
  await vi.advanceTimersByTimeAsync(0);
  expect(look).toHaveBeenCalledTimes(1);
  for (let ms = 0; ms < 1000; ms += 10) {
    sampler.ask(look);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(look.mock.calls.length).toBeGreaterThanOrEqual(4);
  expect(look.mock.calls.length).toBeLessThanOrEqual(5);
});

it("does not make one that is new wait for the others", async () => {
  const sampler = createSampler();
  const [old, fresh] = [vi.fn(), vi.fn()];
  sampler.ask(old);
  await vi.advanceTimersByTimeAsync(100);
  sampler.ask(old);
  sampler.ask(fresh);
  await vi.advanceTimersByTimeAsync(0);
  expect([old.mock.calls.length, fresh.mock.calls.length]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(150);
  expect(old).toHaveBeenCalledTimes(2);
});

it("reads nothing for those who have gone", async () => {
  const sampler = createSampler();
  const look = vi.fn();
  sampler.ask(look);
  sampler.cancel(look);
  await vi.advanceTimersByTimeAsync(1000);
  expect(look).not.toHaveBeenCalled();
});

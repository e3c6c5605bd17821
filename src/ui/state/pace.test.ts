import { expect, it } from "vitest";
import { createPace } from "./pace.ts";

it("measures steps by the clock", () => {
  const pace = createPace();
  expect(pace.perSecond()).toBeUndefined();
  for (let i = 0; i <= 10; i++) pace.saw(i * 5, i * 100);
  expect(pace.perSecond()).toBeCloseTo(50);
});

it("follows a change within a few seconds", () => {
  const pace = createPace();
  for (let i = 0; i <= 50; i++) pace.saw(i, i * 100);
  for (let i = 1; i <= 50; i++) pace.saw(50 + i * 10, 5000 + i * 100);
  expect(pace.perSecond()).toBeCloseTo(100);
});

it("can tell the speed of steps that take longer than its window", () => {
  const pace = createPace();
  pace.saw(1, 0);
  pace.saw(2, 8000);
  expect(pace.perSecond()).toBeCloseTo(0.125);
});

it("starts over with another run, and after a rest", () => {
  const pace = createPace();
  pace.saw(100, 0);
  pace.saw(200, 100);
  pace.saw(0, 200);
  expect(pace.perSecond()).toBeUndefined();
  pace.saw(1, 300);
  pace.rest();
  expect(pace.perSecond()).toBeUndefined();
});

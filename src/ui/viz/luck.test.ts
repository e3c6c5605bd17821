/** @file Where a cell stands among random ones, and where histograms put them. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { histogramOf, standingOf } from "./luck.ts";

const random = Array.from({ length: 100 }, (_, i) => 0.3 + i / 1000);

it("counts the random cells that are worse, ties by half", () => {
  expect(standingOf(0.35, [0.3, 0.35, 0.4, 0.2]).share).toBe(0.625);
  expect(standingOf(0.3825, random).share).toBe(0.83);
});

it("claims nothing while the interval holds one half", () => {
  expect(standingOf(0.3825, random).verdict).toBe("better");
  expect(standingOf(0.3555, random).verdict).toBe("luck");
  expect(standingOf(0.3105, random).verdict).toBe("worse");
  // Above all of three is still no more than one in eight would be by luck.
  expect(standingOf(0.9, random.slice(0, 3)).verdict).toBe("luck");
  expect(standingOf(0.9, []).verdict).toBe("luck");
});

it("has every random cell in one bar, and every pin on the axis", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(share), fc.array(share), (cells, pins) => {
      const histogram = histogramOf(cells, pins, 300);
      if (!histogram) return cells.length + pins.length === 0;
      const counted = histogram.bars.reduce((sum, { count }) => sum + count, 0);
      const isOn = (x: number) => histogram.x(x) >= 0 && histogram.x(x) <= 300;
      return counted === cells.length && [...cells, ...pins].every(isOn);
    }),
  );
});

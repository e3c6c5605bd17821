/** @file A band behind the losses widens the axis as far as lanes have come, and no further. */
import { expect, it } from "vitest";
import { lossView } from "./loss-view.ts";

const lane = [0, 1, 2].map((step) => ({ step, trainLoss: 2, valLoss: 2.5 }));
const point = (place: number, low: number, high: number) => ({ place, low, mean: low, high });

it("counts where lanes are, not beyond", () => {
  const none = lossView([lane], false);
  const near = lossView([lane], false, "steps", [], [point(1, 0.4, 9)]);
  expect(near?.lastStep).toBe(none?.lastStep);
  expect(near?.loss[0]).toBeLessThanOrEqual(0.4);
  expect(near?.loss[1]).toBeGreaterThanOrEqual(9);
  expect(lossView([lane], false, "steps", [], [point(3, 0.4, 9)])).toEqual(none);
  expect(lossView([[]], false, "steps", [], [point(0, 0.4, 9)])).toBeUndefined();
});

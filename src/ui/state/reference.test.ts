/** @file The band of Random: means of stretches, each seed's own, from the lowest to the highest. */
import { expect, it } from "vitest";
import { testRecording } from "../../../test/support/recordings.ts";
import { referenceOf } from "./reference.ts";

const losses = (value: number, count: number) =>
  Array.from({ length: count }, (_, step) => ({ step, trainLoss: 0, valLoss: value + (step % 2) }));

it("spans the means of its seeds, stretch by stretch", () => {
  const none = { alpha: Array<number>(12).fill(0), losses: [] };
  const recording = testRecording([none, none, none]);
  const runs = recording.runs.map((run, i) => ({
    ...run,
    past: { ...run.past, records: losses(i * i, 60) },
  }));
  const { stretches, batches } = referenceOf("here", { ...recording, steps: 60, runs });
  // What does not fill a stretch has no mean of as many batches.
  expect(stretches.map(({ step }) => step)).toEqual([batches - 1, 2 * batches - 1]);
  for (const { low, mean, high } of stretches) {
    expect([low, high]).toEqual([0.5, 4.5]);
    expect(mean).toBeCloseTo(0.5 + 5 / 3);
  }
});

/** @file A recording comes back as it was but for rounding, and damage is told. */

import fc from "fast-check";
import { deflateSync, inflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { testRecording } from "../../../test/support/recordings.ts";
import { alphaUnit, decodeRecording, encodeRecording, lossUnit } from "./recording.ts";

const value = fc.float({ min: -8, max: 8, noNaN: true });
const loss = fc.float({ min: 0, max: 30, noNaN: true });
const seedOf = fc.record({
  alpha: fc.array(value, { minLength: 12, maxLength: 12 }),
  losses: fc.array(loss, { minLength: 8, maxLength: 8 }),
});

describe("a recording", () => {
  it("keeps α and losses to half a unit, and all else to the letter", () => {
    fc.assert(
      fc.property(fc.array(seedOf, { minLength: 1, maxLength: 4 }), (seeds) => {
        const given = testRecording(seeds);
        const back = decodeRecording(encodeRecording(given));
        expect({ ...back, runs: [] }).toEqual({ ...given, runs: [] });
        for (const [i, { spec, groups, past }] of given.runs.entries()) {
          const run = back.runs[i];
          expect(run).toMatchObject({ spec, groups });
          expect(run?.past).toMatchObject({ changes: past.changes, begun: past.begun });
          expect(run?.past.trace?.steps).toEqual(past.trace?.steps);
          for (const [entry, alpha] of (past.trace?.rows["normal"] ?? []).entries()) {
            const read = run?.past.trace?.rows["normal"]?.[entry] ?? Number.NaN;
            expect(Math.abs(read - alpha)).toBeLessThanOrEqual(alphaUnit / 2 + 1e-6);
          }
          for (const [step, record] of past.records.entries()) {
            const read = run?.past.records[step]?.valLoss ?? Number.NaN;
            expect(Math.abs(read - record.valLoss)).toBeLessThanOrEqual(lossUnit / 2 + 1e-6);
          }
          expect(run?.past.rounding).toBe(alphaUnit);
          expect(run?.past.costs?.at(-1)).toEqual(past.costs?.at(-1));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("refuses numbers that have no room, and says which", () => {
    const seed = { alpha: Array<number>(12).fill(0), losses: Array<number>(8).fill(1) };
    const huge = testRecording([{ ...seed, losses: seed.losses.with(3, 1e6) }]);
    expect(() => encodeRecording(huge)).toThrow("units are too many to be recorded");
    expect(() => encodeRecording(testRecording([]))).toThrow('"test" holds no run');
  });

  it("tells another version and a file that is cut off", () => {
    const seed = { alpha: Array<number>(12).fill(0.5), losses: Array<number>(8).fill(1) };
    const body = inflateSync(encodeRecording(testRecording([seed])));
    expect(() => decodeRecording(deflateSync(body.subarray(0, -2)))).toThrow("cut off");
    const text = new TextDecoder("latin1").decode(body).replace('"version":1', '"version":7');
    const other = Uint8Array.from(text, (c) => c.charCodeAt(0));
    other.set(body.subarray(0, 4));
    expect(() => decodeRecording(deflateSync(other))).toThrow("version 7");
  });
});

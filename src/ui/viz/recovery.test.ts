/** @file The way back to the twin: half-lives of gaps that are known. */
import { expect, it } from "vitest";
import { recoveryOf } from "./recovery.ts";
import { appendTrace, beginTrace } from "./trace.ts";

/** α of one entry beside another that never moves. */
const traceOf = (values: readonly number[]) =>
  appendTrace(beginTrace(0, { cell: Float32Array.of(0, values[0] ?? 0) }), 1, values.length - 1, {
    cell: Float32Array.from(values.slice(1).flatMap((v) => [0, v])),
  });
const flat = traceOf([1, 1, 1, 1, 1, 1, 1]);
const release = { group: "cell", index: 1, steps: 1 };

it("counts steps until the gap of the first step has halved", () => {
  const back = traceOf([1, 1, 9, 8, 6, 5, 4]);
  expect(recoveryOf(back, flat, release)).toEqual({ halfLife: 4, since: 5, gap: [8, 3] });
  const far = traceOf([1, 1, 9, 9, 9, 9, 9]);
  expect(recoveryOf(far, flat, release)).toEqual({ halfLife: undefined, since: 5, gap: [8, 8] });
});

it("counts only as far as both have come", () => {
  const back = traceOf([1, 1, 9, 8, 6, 5, 4]);
  expect(recoveryOf(back, traceOf([1, 1, 1, 1]), release)).toMatchObject({
    halfLife: undefined,
    since: 2,
  });
});

it("says nothing where nothing was displaced, or nothing has come since", () => {
  expect(recoveryOf(flat, flat, release)).toBeUndefined();
  expect(recoveryOf(traceOf([1, 9]), flat, release)).toBeUndefined();
});

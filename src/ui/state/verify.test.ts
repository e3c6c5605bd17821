/** @file A recorded run is verified bit for bit, or, where its α was rounded, to half of what it was rounded to. */
import { expect, it } from "vitest";
import { created, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import { testRecording } from "../../../test/support/recordings.ts";
import type { RunId } from "../../protocol/spec.ts";
import { type Verdict, verify } from "./verify.ts";

const runId = "verify" as RunId;
const [recorded] = testRecording([
  { alpha: [...Array(6).fill(0), ...Array(6).fill(0.25)], losses: Array(8).fill(1) },
]).runs;

/** What is said once four steps were computed, α ending at `alpha`. */
function verdictOf(alpha: number, rounding?: number): Verdict | undefined {
  if (!recorded) throw new Error("there is no recording");
  const p = readyPage();
  const verdicts: Verdict[] = [];
  const past = { ...recorded.past, ...(rounding && { rounding }) };
  verify(p.client, runId, past, (verdict) => verdicts.push(verdict));
  const look = created(runId, recorded.spec);
  if (look.kind !== "created") throw new Error("the fake engine has changed");
  const row = (value: number) => ({ normal: new Float32Array(6).fill(value) });
  const trace = { normal: new Float32Array(24).fill(Math.fround(alpha)) };
  p.emit({ ...look, burst: { ...look.burst, alpha: row(0), trace: row(0) } });
  p.emit({ kind: "steps", runId, burst: { ...testBurst(0, 4), alpha: row(alpha), trace } });
  return verdicts.at(-1);
}

it("compares bits where nothing was rounded", () => {
  expect(verdictOf(0.25)).toEqual({ kind: "identical", steps: 4 });
  expect(verdictOf(0.25 + 2 ** -20)).toMatchObject({ kind: "differs", steps: 4, recorded: 0.25 });
});

it("compares to half of what α was rounded to, and says so", () => {
  expect(verdictOf(0.25 + 1 / 1024, 1 / 512)).toEqual({
    ...{ kind: "identical", steps: 4 },
    rounding: 1 / 512,
  });
  expect(verdictOf(0.25 - 1.1 / 1024, 1 / 512)).toMatchObject({ kind: "differs", steps: 4 });
});

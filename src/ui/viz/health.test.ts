/** @file Flags are planted where rules are crossed, and only there; the gap is the newest one's. */
import { describe, expect, it } from "vitest";
import type { Probed } from "../../protocol/messages.ts";
import type { Genotype } from "../../protocol/spec.ts";
import { evennessOf, flagsOf, gapIn, skipsIn, usualThresholds } from "./health.ts";

const cell = (...ops: readonly string[]): Genotype => ({
  space: "darts",
  groups: { normal: ops.map((op, from) => ({ from, to: 4, op })) },
  text: ops.join(),
});
const at = (steps: number, ...ops: readonly string[]) => ({ steps, genotype: cell(...ops) });
const look = (probe: string, step: number, values: Record<string, number>): Probed => ({
  probe,
  step,
  values,
  passes: 12,
  ms: 1,
});
const lambdas = (...values: readonly number[]) =>
  values.map((lambdaMax, i) => look("lambda", 25 * (i + 1), { lambdaMax }));

describe("the DARTS+ flag", () => {
  it("stands where the normal cell first gets its second skip", () => {
    const changes = [
      at(0, "sep_conv_3x3", "none"),
      at(7, "skip_connect", "sep_conv_3x3"),
      at(12, "skip_connect", "skip_connect"),
      at(20, "skip_connect", "sep_conv_3x3"),
      at(22, "skip_connect", "skip_connect"),
    ];
    const [flag, ...more] = flagsOf({ changes: changes, probed: [], flags: [] }, usualThresholds);
    expect([flag?.rule, flag?.steps, flag?.genotype]).toEqual(["DARTS+", 12, changes[2]?.genotype]);
    expect(more).toEqual([]);
    expect(
      flagsOf({ changes: changes, probed: [], flags: [] }, { ...usualThresholds, skips: 3 }),
    ).toEqual([]);
  });
  it("does not stand at a start that chance has filled with skips", () => {
    const changes = [at(0, "skip_connect", "skip_connect"), at(5, "skip_connect", "none")];
    expect(flagsOf({ changes: changes, probed: [], flags: [] }, usualThresholds)).toEqual([]);
  });
  it("gives way to what the engine has planted by the same rule", () => {
    const changes = [at(0, "none", "none"), at(9, "skip_connect", "skip_connect")];
    const genotype = cell("skip_connect");
    const planted = { rule: "skips", steps: 62, of: 62, genotype, why: "2 skips after epoch 1" };
    const flags = flagsOf({ changes, probed: [], flags: [planted] }, usualThresholds);
    expect(flags.map(({ rule, steps }) => [rule, steps])).toEqual([["DARTS+", 62]]);
  });
  it("is called what the engine calls its rule, and says whether it was the end", () => {
    const genotype = cell("skip_connect");
    const of = (rule: string) => ({ rule, steps: 9, of: 9, genotype, why: "settled" });
    const flags = (ends: boolean) =>
      flagsOf(
        {
          changes: [],
          probed: [],
          flags: [of("ranking"), of("new")],
          spec: { stop: { rules: ["ranking", "new"], ends } },
        },
        usualThresholds,
        { ranking: "Settled ranking" },
      ).map(({ rule, isEnd }) => [rule, isEnd]);
    expect(flags(true)).toEqual([
      ["Settled ranking", true],
      ["new", undefined],
    ]);
    expect(flags(false)[0]).toEqual(["Settled ranking", undefined]);
  });
  it("needs a normal cell", () => {
    expect(skipsIn({ space: "nb201", groups: { cell: [] }, text: "" })).toBeUndefined();
  });
});

describe("the RobustDARTS flag", () => {
  it("stands where the mean has grown by more than 1.3 in four looks, and keeps the earlier genotype", () => {
    const changes = [at(0, "none"), at(30, "sep_conv_3x3"), at(120, "skip_connect")];
    const [flag] = flagsOf(
      { changes: changes, probed: lambdas(1, 1, 1, 1, 1, 4), flags: [] },
      usualThresholds,
    );
    // Means: 1, 1, 1, 1, 1, 1.6; the sixth look against the second.
    expect([flag?.rule, flag?.steps, flag?.keeps]).toEqual(["RobustDARTS", 150, 50]);
    expect(flag?.genotype?.text).toBe("sep_conv_3x3");
  });
  it("is absent while sharpness stays, or is known too shortly", () => {
    expect(
      flagsOf(
        { changes: [], probed: lambdas(1, 1.2, 1, 1.1, 1, 1, 1.2), flags: [] },
        usualThresholds,
      ),
    ).toEqual([]);
    expect(
      flagsOf({ changes: [], probed: lambdas(1, 9, 9, 9), flags: [] }, usualThresholds),
    ).toEqual([]);
  });
});

it("tells the newest gap up to a moment, and all before it", () => {
  const values = (gap: number) => ({ gap, mixtureLoss: 2, cutLoss: 2 + gap });
  const probed = [look("gap", 25, values(0.1)), look("gap", 50, values(0.3))];
  expect(gapIn(probed, 60)?.series).toEqual([0.1, 0.3]);
  expect(gapIn(probed, 40)).toMatchObject({ gap: 0.1, cut: 2.1, step: 25 });
  expect(gapIn(probed, 24)).toBeUndefined();
});

it("means 1 by even α and 0 by decided α", () => {
  const group = {
    name: "normal",
    kind: "choice",
    nodes: 3,
    inputs: 2,
    edges: [{ from: 0, to: 2 }],
    ops: ["a", "b"],
  } as const;
  expect(evennessOf([group], { normal: new Float32Array([1, 1]) })).toBeCloseTo(1);
  expect(evennessOf([group], { normal: new Float32Array([99, -99]) })).toBeCloseTo(0);
  expect(evennessOf([{ ...group, kind: "gate" }], {})).toBeUndefined();
});

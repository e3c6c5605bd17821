/** @file One line an event, with the shares of that moment; many events merge into one sentence. */
import { describe, expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import type { Genotype } from "../../protocol/spec.ts";
import { usualThresholds } from "./health.ts";
import { linesOf, merged, type Story } from "./narrator.ts";
import { appendTrace, beginTrace } from "./trace.ts";

const group = {
  ...cellGroup(2, 4, ["skip_connect", "sep_conv_3x3"]),
  edges: [
    { from: 0, to: 2 },
    { from: 1, to: 3 },
  ],
};
const cell = (...kept: readonly [from: number, to: number, op: string][]): Genotype => ({
  space: "darts",
  groups: { normal: kept.map(([from, to, op]) => ({ from, to, op })) },
  text: kept.join(),
});
/** α after one step: the second edge's shares are 1 − p and p. */
const traceTo = (p: number) =>
  appendTrace(beginTrace(0, { normal: new Float32Array(4) }), 1, 1, {
    normal: new Float32Array([0, 0, Math.log(1 - p), Math.log(p)]),
  });
const story = (over: Partial<Story> = {}): Story => ({
  letter: "A",
  groups: [group],
  trace: traceTo(0.75),
  changes: [
    { steps: 0, genotype: cell([1, 3, "skip_connect"]) },
    { steps: 1, genotype: cell([1, 3, "sep_conv_3x3"]) },
  ],
  tunings: [],
  probed: [],
  flags: [],
  seen: [],
  ...over,
});

describe("the narrator", () => {
  it("says which operation overtook which, and by what shares", () => {
    expect(linesOf(story(), usualThresholds)).toEqual([
      { letter: "A", steps: 1, text: "edge c[k−1]→1: sep conv 3×3 overtook skip (0.75 vs 0.25)" },
    ]);
  });
  it("gives as many digits as tell the shares apart", () => {
    const text = linesOf(story({ trace: traceTo(0.5002) }), usualThresholds)[0]?.text;
    expect(text).toContain("(0.5002 vs 0.4998)");
  });
  it("tells edges that come and go, and counts what a line has no room for", () => {
    const changes = [
      { steps: 0, genotype: cell([0, 2, "skip_connect"]) },
      { steps: 3, genotype: cell([1, 3, "skip_connect"]) },
    ];
    expect(linesOf(story({ changes }), usualThresholds)[0]?.text).toBe(
      "edge c[k−2]→0: dropped, it had skip; edge c[k−1]→1: kept, skip",
    );
  });
  it("says nothing where only a genotype's text has changed", () => {
    const same = cell([0, 2, "skip_connect"]);
    const changes = [
      { steps: 0, genotype: same },
      { steps: 2, genotype: { ...same, text: "α = 1" } },
    ];
    expect(linesOf(story({ changes }), usualThresholds)).toEqual([]);
  });
  it("puts what was done by hand and what the page saw in their order", () => {
    const tunings = [{ steps: 4, patch: { hyper: { lambda: 3 } } }];
    const seen = [{ steps: 2, text: "budget reached" }];
    const lines = linesOf(story({ changes: [], tunings, seen }), usualThresholds);
    expect(lines.map(({ text }) => text)).toEqual(["budget reached", "set by hand: lambda = 3"]);
  });
  it("merges many lines into one sentence", () => {
    const [line] = linesOf(story(), usualThresholds);
    if (!line) throw new Error("no line");
    expect(merged([])).toBe("");
    expect(merged([line])).toBe(`Lane A, step 1: ${line.text}.`);
    expect(merged([line, { ...line, letter: "B" }])).toBe(
      "Lane A, B: 2 events, mostly towards sep conv 3×3.",
    );
  });
});

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
  it("names the hands on α, and of what a drag sets at one step only where it ends", () => {
    const hand = { group: "normal", edge: 1, op: 0 };
    const steers = [{ set: 0.5 }, { set: 2.125, force: "hold" }, { force: "none" }] as const;
    const tunings = [
      ...steers.map((steer) => ({ steps: 4, patch: { steer: [{ ...hand, ...steer }] } })),
      { steps: 4, patch: { hyper: { xi: 0.1 } } },
      { steps: 4, patch: { hyper: { xi: 0.2 } } },
      {
        steps: 5,
        patch: { steer: [0, 1, 0].map((op) => ({ ...hand, op, force: "pin" as const })) },
      },
    ];
    const lines = linesOf(story({ changes: [], tunings }), usualThresholds);
    expect(lines.map(({ steps, text }) => [steps, text])).toEqual([
      [4, "set by hand: xi = 0.2, α of skip on edge c[k−1]→1 = 2.13, let go"],
      [5, "set by hand: α of skip on edge c[k−1]→1 pin, α of sep conv 3×3 on edge c[k−1]→1 pin"],
    ]);
  });
  it("says what many lines are mostly about only of operations that won", () => {
    const other = (text: string) => [1, 2].map((steps) => ({ letter: "A", steps, text }));
    expect(merged(other("set by hand: α of skip on edge 0→1 = 2"))).toBe("Lane A: 2 events.");
    expect(merged(other("edge 0→1: dropped, it had skip"))).toBe("Lane A: 2 events.");
    expect(merged(other("edge 0→1: kept, skip; edge 1→2: dropped, it had none"))).toBe(
      "Lane A: 2 events, mostly towards skip.",
    );
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

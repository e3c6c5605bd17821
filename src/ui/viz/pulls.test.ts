/** @file Pulls as shares of softmax α: against a numeric step, their sides, and their words. */
import { expect, it } from "vitest";
import { cellGroup } from "../../../test/support/groups.ts";
import { wideFrame } from "./cell-layout.ts";
import { mixtureOf } from "./mixture.ts";
import { pullArrows } from "./pull-arrows.ts";
import { drawnEdge, pullsOf, pullText, shareText, spokenPulls } from "./pulls.ts";

const group = cellGroup(1, 3);
const alpha = Float32Array.of(0, 0, 0, 1, 2, 0, 3, -1, 0.5);
const first = Float32Array.of(0, 1e-3, 0, 2e-3, -3e-3, 1e-3, 0, 0, 0);
const second = Float32Array.of(0, -5e-4, 0, 1e-3, -1e-3, 0, 0, 0, 0);

it("says what share a term alone would move, as half of what candidates gain and lose", () => {
  const pulls = pullsOf(group, alpha, [first, second]);
  for (const { edge, term, share, gains, loses } of pulls) {
    const moves = [first, second][term] as Float32Array;
    // A float32 α cannot hold so small a step: it is taken a hundredth at a time.
    const before = mixtureOf(group, alpha) as Float64Array;
    const after = mixtureOf(
      group,
      alpha.map((a, i) => a + 10 * (moves[i] as number)),
    ) as Float64Array;
    const change = [0, 1, 2].map(
      (k) => ((after[3 * edge + k] as number) - (before[3 * edge + k] as number)) / 10,
    );
    const moved = change.reduce((sum, x) => sum + Math.abs(x), 0) / 2;
    expect(Math.abs(share - moved)).toBeLessThan(0.02 * moved);
    expect(gains).toBe(change.indexOf(Math.max(...change)));
    expect(loses).toBe(change.indexOf(Math.min(...change)));
  }
  expect(pulls.map(({ share }) => share)).toEqual(
    pulls.map(({ share }) => share).toSorted((a, b) => b - a),
  );
  // Nothing pulls the third edge.
  expect(new Set(pulls.map(({ edge }) => edge))).toEqual(new Set([0, 1]));
});

it("tells terms that go against the first, and adds a constant to every α for nothing", () => {
  const pulls = pullsOf(group, alpha, [first, second]);
  const of = (edge: number, term: number) => pulls.find((p) => p.edge === edge && p.term === term);
  expect(of(0, 1)?.isOpposed).toBe(true);
  expect(of(1, 1)?.isOpposed).toBe(false);
  expect(of(0, 0)?.isOpposed).toBe(false);
  expect(pullsOf(group, alpha, [new Float32Array(9).fill(0.5)])).toEqual([]);
  expect(pullsOf(group, alpha, [undefined])).toEqual([]);
  expect(pullsOf({ ...group, kind: "gate" }, alpha, [first])).toEqual([]);
  expect(pullsOf(group, undefined, [first])).toEqual([]);
});

it("draws the largest longest, and what goes against it on the rope's other side", () => {
  const station = { x: 100, y: 100, nx: 0, ny: -1, width: 20 };
  const ropes = group.edges.map(() => [station, station, station, station, station]);
  const arrows = pullArrows(pullsOf(group, alpha, [first, second]), ropes, [], wideFrame);
  const of = (edge: number, term: number) =>
    arrows.find(({ pull }) => pull.edge === edge && pull.term === term);
  const length = (edge: number, term: number) =>
    Math.abs((of(edge, term)?.tip.y ?? 0) - (of(edge, term)?.tail.y ?? 0));
  const ratio = (of(0, 0)?.pull.share ?? 0) / (of(1, 0)?.pull.share ?? 0);
  expect((length(0, 0) / length(1, 0)) ** 2).toBeCloseTo(ratio, 6);
  expect(of(0, 0)?.tip.y).toBeLessThan(100);
  expect(of(0, 1)?.tip.y).toBeGreaterThan(100);
  expect(of(1, 1)?.tip.y).toBeLessThan(100);
  // A node above: the arrows change sides.
  const above = [{ x: 100, y: 60 }];
  const evading = pullArrows(pullsOf(group, alpha, [first]), ropes, above, wideFrame);
  expect(evading.find(({ pull }) => pull.edge === 0)?.tip.y).toBeGreaterThan(100);
});

it("finds the one relaxed edge among clamped ones", () => {
  expect(drawnEdge(group, [0, 1, 0, 0.2, 0.3, 0.5, 0, 0, 0])).toBe(1);
  expect(drawnEdge(group, [0, 1, 0, 0, 0, 1, 0, 0, 0])).toBeUndefined();
  expect(drawnEdge(group, [0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0, 0])).toBeUndefined();
});

it("says it in words", () => {
  expect([0.123, 0.00042, 0.01].map(shareText)).toEqual(["12 %", "0.042 %", "1 %"]);
  const pulls = pullsOf(group, alpha, [first]);
  const pull = pulls.find(({ edge }) => edge === 0);
  if (!pull) throw new Error("a pull is expected");
  expect(pullText(group, pull)).toBe("0.022 % towards skip, away from none");
  const terms = [{ label: "∇α", text: "first order" }];
  const step = { ran: undefined, lit: undefined, pulls, terms };
  expect(spokenPulls(group, 0, step)).toBe(", first order: 0.022 % towards skip, away from none");
  expect(spokenPulls(group, 2, step)).toBe("");
  expect(spokenPulls(group, 0, undefined)).toBe("");
});

import { describe, expect, it } from "vitest";
import {
  type Ancestor,
  type Branch,
  type BranchLane,
  branchesOf,
  type Parting,
} from "./branches.ts";

const lane = (letter: string, steps: number, more: Partial<BranchLane> = {}): BranchLane => ({
  id: letter,
  letter,
  method: "rarts",
  steps,
  ...more,
});
const of = (line: string, letter: string, steps: number, origin?: Parting): Ancestor => ({
  ...{ line, letter, method: "darts", steps },
  ...(origin && { origin }),
});
const fork = (ancestor: Ancestor, steps: number): Parting => ({
  kind: "fork",
  of: ancestor,
  steps,
});
/** A row in a line: "B 412–610 under 0". */
const brief = ({ letter, from, to, parent, ghost, lane: id }: Branch) =>
  `${id === undefined ? "gone " : ""}${letter} ${from}–${to}` +
  `${parent === undefined ? "" : ` under ${parent}`}${ghost === undefined ? "" : `, ghost ${ghost}`}`;
const rows = (lanes: readonly BranchLane[], selected: string) =>
  branchesOf(lanes, selected).map(brief);

describe("the tree of branches", () => {
  it("is a trunk a lane where nothing was forked", () => {
    expect(rows([lane("A", 30), lane("B", 20)], "A")).toEqual(["A 0–30", "B 0–20"]);
  });
  it("leaves the old future as a ghost once the branch is on show", () => {
    const lanes = [
      lane("A", 610, { line: "a" }),
      lane("B", 415, { origin: fork(of("a", "A", 600), 412) }),
    ];
    expect(rows(lanes, "B")).toEqual(["A 0–610, ghost 412", "B 412–415 under 0"]);
    expect(rows(lanes, "A")).toEqual(["A 0–610", "B 412–415 under 0"]);
  });
  it("puts later branches above earlier ones, and branches of branches below theirs", () => {
    const b = of("b", "B", 90, fork(of("a", "A", 80), 20));
    const lanes = [
      lane("A", 100, { line: "a" }),
      lane("B", 90, { line: "b", origin: fork(of("a", "A", 80), 20) }),
      lane("C", 95, { origin: fork(of("a", "A", 90), 60) }),
      lane("D", 70, { origin: fork(b, 50) }),
    ];
    expect(rows(lanes, "D")).toEqual([
      "A 0–100, ghost 20",
      "C 60–95 under 0",
      "B 20–90 under 0, ghost 50",
      "D 50–70 under 2",
    ]);
    const tree = branchesOf(lanes, "D");
    expect(tree.map(({ level }) => level)).toEqual([1, 2, 2, 3]);
    expect(tree.map(({ isPath }) => isPath)).toEqual([true, false, true, true]);
  });
  it("keeps what was begun anew or removed as long as a branch of it is there", () => {
    const b = of("b", "B", 90, fork(of("a", "A", 80), 20));
    const lanes = [
      lane("A", 5),
      lane("C", 60, { origin: fork(b, 40) }),
      lane("D", 90, { origin: fork({ ...b, steps: 95 }, 70) }),
    ];
    expect(rows(lanes, "A")).toEqual([
      "A 0–5",
      "gone A 0–80, ghost 20",
      "gone B 20–95 under 1, ghost 70",
      "D 70–90 under 2",
      "C 40–60 under 2",
    ]);
  });
  it("lets a pruned lane begin its own count where it left, and shows what is saved", () => {
    const pruned: Parting = { kind: "pruned", of: of("a", "A", 30), steps: 30 };
    const lanes = [
      lane("A", 30, { line: "a", saved: 25 }),
      lane("B", 12, { line: "b", origin: pruned, saved: 10 }),
      lane("C", 9, { origin: fork(of("b", "B", 12, pruned), 4) }),
    ];
    expect(rows(lanes, "A")).toEqual(["A 0–30", "B 30–42 under 0", "C 34–39 under 1"]);
    expect(branchesOf(lanes, "A").map(({ zero, saved }) => [zero, saved])).toEqual([
      [0, 25],
      [30, 40],
      [30, undefined],
    ]);
  });
});

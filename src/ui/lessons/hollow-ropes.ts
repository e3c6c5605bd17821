/** @file Lesson ⑥: the candidate `none` can weigh most and is never kept. ux B9; DARTS's own genotype(). */
import { type DeriveRule, dartsRule } from "../../genotype/derive.ts";
import { opName } from "../viz/cell-names.ts";
import { deriveWith } from "../viz/derived.ts";
import type { CellFacts, Deck, Look, Scene } from "./deck.ts";
import { cellOf, count, nodeText, sharesOf } from "./words.ts";

const tiny = (look: Look = {}): Scene => ({ preset: "tiny", lanes: [{ method: "darts" }], look });
/** Three on the scale of α: of eight even strands it makes one that has 74 % of its rope. */
const widen = {
  kind: "steer",
  lane: "A",
  steer: { group: "normal", edge: 0, op: 0, set: 3 },
} as const;
const withNone: DeriveRule = { ...dartsRule(2), none: "allowed", strength: "largest" };

/** Whether the hand on the first edge has been felt. */
const isHollow = (cell: CellFacts) => (sharesOf(cell)[0]?.none ?? 0) > 0.5;

export const hollowRopes: Deck = {
  id: "hollow-ropes",
  title: "Hollow ropes",
  summary: "An edge can be mostly nothing, and be kept nevertheless: it depends on the rule.",
  minutes: 5,
  isHeavy: true,
  chapters: [
    {
      title: "A strand that is nothing",
      text: "One candidate is none: it gives zero, whatever comes in. Its share is taken from all others, so an edge can fade without being cut. X-ray draws none as what it is, a hole in the rope.",
      scene: tiny({ isXray: true }),
      action: {
        label: "Play with X-ray",
        deeds: [{ kind: "look", look: { isXray: true } }, { kind: "play" }],
      },
      finding(facts) {
        const cell = cellOf(facts);
        const [most] = cell ? [...sharesOf(cell)].sort((a, b) => b.none - a.none) : [];
        return (
          most &&
          cell &&
          `The hollowest edge now, ${nodeText(cell, most.from)}→${nodeText(cell, most.to)}: none has ${(100 * most.none).toFixed(1)} % of it.`
        );
      },
      done: ({ lanes: [a], isXray }) => isXray && (a?.steps ?? 0) > 0,
    },
    {
      title: "Predict: is none ever kept?",
      text: "When the search ends, DARTS keeps the two strongest edges of every node, and on each one operation. Suppose that none has by far the largest share: to show it, the answer sets α of none by hand on the first edge, from c(k−2) to 0.",
      scene: tiny({ isXray: true }),
      card: {
        question: "By DARTS's rule, can none be the operation that is kept?",
        options: ["Yes", "No"],
        reveal: [widen, { kind: "step" }],
        answer(facts) {
          const cell = cellOf(facts);
          if (!cell || !isHollow(cell)) return undefined;
          return cell.kept.some(({ op }) => op === "none") ? 0 : 1;
        },
        why: "The rule takes the strongest operation other than none. So an edge that is nearly nothing can be kept, and its none counts for nothing.",
      },
      finding(facts) {
        const cell = cellOf(facts);
        if (!cell || !isHollow(cell)) return undefined;
        const losing = sharesOf(cell).filter(
          ({ from, to, none, best }) =>
            none > best && cell.kept.some((e) => e.from === from && e.to === to),
        );
        const [first] = sharesOf(cell);
        const op = cell.kept.find((e) => e.from === first?.from && e.to === first.to)?.op;
        return `On ${losing.length} of ${count(cell.kept.length, "kept edge")}, none weighs more than the operation that is kept. The first edge is ${(100 * (first?.none ?? 0)).toFixed(0)} % none, and keeps ${op ? opName(op) : "nothing"}.`;
      },
    },
    {
      title: "Another rule, another cell",
      text: "The same α, with none set by hand on the first edge, and another rule: let none be kept where it weighs most. Nothing is trained and the run does not notice; only what is derived may change. Derive, above the stage, offers more rules.",
      scene: tiny(),
      action: {
        label: "Allow none",
        // Who comes here by a link has not yet laid the hand on α.
        deeds: [widen, { kind: "look", look: { rule: withNone } }],
      },
      finding(facts) {
        const cell = cellOf(facts);
        if (!cell || !facts.rule) return undefined;
        const kept = deriveWith(cell.group, cell.alpha, facts.rule);
        return `By this rule ${kept.filter(({ op }) => op === "none").length} of ${count(kept.length, "kept edge")} would be none.`;
      },
      done: ({ rule }) => rule?.none === "allowed",
    },
  ],
};

/** @file Lesson ①: why a search that ignores the weights' answer ends beside the optimum. DARTS fig. 2, ux B3. */
import type { Deck, Scene } from "./deck.ts";
import { first, fixed, isAtEnd, toyNow } from "./words.ts";

const darts = (xi: number): Scene => ({
  preset: "toy",
  rate: 60,
  lanes: [{ method: "darts", ...(xi !== 0 && { hyper: { xi } }) }],
});
const look = (value: number) => ({ kind: "hyper", lane: "A", name: "xi", value }) as const;
/** Which of "above 1", "on 1", "below 1", "nowhere" the run's end is. */
const sideOf = (alpha: number) => {
  if (Math.abs(alpha) > 50) return 3;
  if (Math.abs(alpha - 1) < 0.03) return 1;
  return alpha > 1 ? 0 : 2;
};

export const firstOrder: Deck = {
  id: "first-order",
  title: "Why first-order misses",
  summary: "A search that forgets that the weights will answer stops beside the optimum.",
  minutes: 6,
  isHeavy: false,
  chapters: [
    {
      title: "Two players",
      text: "α, across, stands for the architecture; w, up, for the weights. Training pulls w towards the line w = α. The star at (1, 1) is the best α once w has followed it. First-order DARTS starts at (2, −2), and the thin line foretells its trail. Will it reach the star?",
      scene: darts(0),
      action: { label: "Play the search", deeds: [{ kind: "play" }] },
      finding: (facts) => toyNow(first(facts)),
      done: (facts) => facts.lanes.some(isAtEnd),
    },
    {
      title: "Why it stops at 2",
      text: "When first-order DARTS moves α, it treats w as fixed. The slope it sees is w − 2, so it rests where w = 2; and w rests where w = α. Both hold at (2, 2), the ring. But α = 1 would have a lower validation loss once w had followed.",
      scene: darts(0),
      action: { label: "Play to the ring", deeds: [{ kind: "play" }] },
      finding: (facts) => toyNow(first(facts)),
      done: (facts) => facts.lanes.some(isAtEnd),
    },
    {
      title: "Predict: look ahead",
      text: "Second-order DARTS looks one training step of size ξ ahead: it asks where w would go, and moves α for that w. The training loss here has curvature 2.",
      scene: darts(0),
      card: {
        question: "With ξ = ½, where will α come to rest?",
        options: ["Between 1 and 2", "On 1", "Below 1", "Nowhere: it diverges"],
        reveal: [look(0.5), { kind: "play" }],
        answer: ({ lanes: [a] }) => (a?.toy && isAtEnd(a) ? sideOf(a.toy.alpha) : undefined),
        why: "With curvature 2, one step of ½ lands exactly where w would end. The look-ahead is the whole answer of w, and α rests on 1.",
      },
      finding: (facts) => toyNow(first(facts)),
    },
    {
      title: "Predict: look too far",
      text: "So looking ahead helps. Is more always better? The step ξ may be made twice as long.",
      scene: darts(0.5),
      card: {
        question: "With ξ = 1, where will α come to rest?",
        options: ["Between 1 and 2", "On 1", "Below 1", "Nowhere: it diverges"],
        reveal: [look(1), { kind: "play" }],
        answer: ({ lanes: [a] }) => (a?.toy && isAtEnd(a) ? sideOf(a.toy.alpha) : undefined),
        why: "A step of 1 expects w to move twice as far as it will. α trusts that, and goes past the star: the end is 2 / (1 + 2ξ).",
      },
      finding: (facts) => toyNow(first(facts)),
    },
    {
      title: "Your turn",
      text: "The ring is computed by algebra, before the run gets there: α = 2 / (1 + 2ξ). Open Setup and move the slider of ξ, or drag the starting point. The start changes the way, never the end; too large a learning rate takes the end away.",
      scene: darts(1),
      action: { label: "Play from here", deeds: [{ kind: "play" }] },
      finding: (facts) => {
        const end = first(facts)?.end;
        return end?.kind === "point"
          ? `At these settings the ring is at α = ${fixed(end.alpha)}.`
          : undefined;
      },
      done: (facts) => facts.lanes.some(isAtEnd),
    },
  ],
};

/** @file Lesson ②: RARTS on the solvable model: two copies of the weights, held together by a spring. papers.md §2.4. */
import type { Deck, Scene } from "./deck.ts";
import { first, fixed, isAtEnd, toyNow } from "./words.ts";

/** Small steps: with λ = β = 20 larger ones diverge. */
const rates = { weights: { lr: 0.02, lrFloor: 0.02 }, alpha: { lr: 0.02, lrFloor: 0.02 } };
const rarts = (hyper: Readonly<Record<string, number>> = {}): Scene => ({
  preset: "toy",
  rate: 60,
  lanes: [{ method: "rarts", hyper, optimizers: rates }],
});
const stiff = { lambda: 20, beta: 20 };
const set = (name: string, value: number) => ({ kind: "hyper", lane: "A", name, value }) as const;

export const spring: Deck = {
  id: "spring",
  title: "Two networks on a spring",
  summary: "RARTS needs no second derivative: a second copy of the weights tells α what w will do.",
  minutes: 7,
  isHeavy: false,
  chapters: [
    {
      title: "A second copy",
      text: "RARTS keeps two copies of the weights: w learns from training data, y from validation data. A spring of strength β pulls y towards w, and λ says how much training counts. This is a reconstruction from the paper's abstract.",
      scene: rarts(),
      action: { label: "Play the search", deeds: [{ kind: "play" }] },
      finding: (facts) => toyNow(first(facts)),
      done: (facts) => facts.lanes.some(isAtEnd),
    },
    {
      title: "One step, slowly",
      text: "A step has stages: w moves, y moves, then α uses both. Take them one by one: the strip above the transport says which stage is on show, an arrow in the plane shows what it moves. Nothing here asks for a second derivative.",
      scene: rarts(),
      action: { label: "Next stage", deeds: [{ kind: "phase" }] },
      done: ({ isInPhase }) => isInPhase,
    },
    {
      title: "Predict: a stiffer spring",
      text: "With λ = β = 10 the search ends near the star, but not on it: the spring always gives a little.",
      scene: rarts(),
      card: {
        question: "With λ = β = 20, the end will be …",
        options: ["nearer to 1", "just as far", "farther from 1", "nowhere: it diverges"],
        reveal: [set("lambda", stiff.lambda), set("beta", stiff.beta), { kind: "play" }],
        answer({ lanes: [a] }) {
          if (!a?.toy || !isAtEnd(a)) return undefined;
          const miss = Math.abs(a.toy.alpha - 1);
          const before = 40 / 37 - 1;
          if (miss > 10) return 3;
          if (Math.abs(miss - before) < 0.02) return 1;
          return miss < before ? 0 : 2;
        },
        why: "The end misses 1 by about 1/(4λ) + 1/(2β). Doubling both about halves the miss, as long as the steps are small enough for so stiff a spring.",
      },
      finding: (facts) => toyNow(first(facts)),
    },
    {
      title: "Too soft",
      text: "With λ = β = 1 the copies hardly know of each other. The closed form gives α = 4: farther from the star than first-order DARTS, which ends at 2. A relaxed method is only as good as its spring.",
      scene: rarts({ lambda: 1, beta: 1 }),
      action: { label: "Play the soft spring", deeds: [{ kind: "play" }] },
      finding(facts) {
        const lane = first(facts);
        return lane?.end?.kind === "point" && lane.steps === 0
          ? `At these settings the ring is at α = ${fixed(lane.end.alpha)}.`
          : toyNow(lane);
      },
      done: (facts) => (first(facts)?.toy?.alpha ?? 0) > 2,
    },
  ],
};

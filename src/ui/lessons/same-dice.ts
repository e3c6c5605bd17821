/** @file Lesson ④: lanes share seed, first weights and batches, so that only the method differs. ux B4. */
import type { Deck, LaneFacts, SceneLane } from "./deck.ts";
import { count, fixed, isAtEnd } from "./words.ts";

const four: readonly SceneLane[] = [
  { method: "darts" },
  { method: "darts", hyper: { xi: 0.5 } },
  { method: "rarts" },
  { method: "milenas" },
];
const toy = (lanes: readonly SceneLane[]) => ({ preset: "toy", rate: 60, lanes }) as const;

/** How far two lanes are apart; undefined until both have taken as many steps. */
function apart([a, b]: readonly LaneFacts[]): number | undefined {
  if (!a?.toy || !b?.toy || a.steps !== b.steps) return undefined;
  return Math.hypot(a.toy.alpha - b.toy.alpha, a.toy.w - b.toy.w);
}

export const sameDice: Deck = {
  id: "same-dice",
  title: "Same dice, four methods",
  summary: "A race is fair when everything but the method is the same.",
  minutes: 6,
  isHeavy: false,
  chapters: [
    {
      title: "Two equal lanes",
      text: "Two lanes, the same method, the same settings. They share the seed, the start and the batches. If the race is fair, they must agree to the last digit. Take a few steps: the two trails are one.",
      scene: toy([{ method: "darts" }, { method: "darts" }]),
      action: { label: "Take one step", deeds: [{ kind: "step" }] },
      finding({ lanes }) {
        const d = apart(lanes);
        return d === undefined
          ? undefined
          : `After ${count(lanes[0]?.steps ?? 0, "step")} the lanes are ${d} apart.`;
      },
      done: ({ lanes }) => apart(lanes) !== undefined,
    },
    {
      title: "Predict: four methods",
      text: "Now four lanes on the same dice: first-order DARTS, DARTS with the exact look-ahead ξ = ½, RARTS with λ = β = 10, and MiLeNAS, which mixes both losses in one step.",
      scene: toy([{ method: "darts" }]),
      card: {
        question: "Which two will end at the same place?",
        options: ["DARTS and DARTS, ξ = ½", "DARTS and RARTS", "DARTS and MiLeNAS", "No two"],
        reveal: [{ kind: "scene", scene: toy(four) }, { kind: "play" }],
        answer({ lanes }) {
          const ends = lanes.map(({ end }) => (end?.kind === "point" ? end : undefined));
          if (lanes.length < 4 || !lanes.every(isAtEnd)) return undefined;
          const meets = (i: number) =>
            Math.hypot(
              (ends[0]?.alpha ?? 9) - (ends[i]?.alpha ?? -9),
              (ends[0]?.w ?? 9) - (ends[i]?.w ?? -9),
            ) < 1e-6;
          const found = [1, 2, 3].findIndex(meets);
          return found < 0 ? 3 : found;
        },
        why: "On the line w = α the training loss is at its lowest, so its slope adds nothing there: MiLeNAS ends where first-order DARTS does.",
      },
      finding: ({ lanes }) =>
        lanes.length > 1
          ? lanes
              .flatMap(({ letter, toy: now }) =>
                now ? [`${letter}: α = ${fixed(now.alpha)}`] : [],
              )
              .join("; ") || undefined
          : undefined,
    },
    {
      title: "What a race cannot say",
      text: "This race is on a model with two numbers, chosen because its answer is known. Ranks on it are facts about it, not about images. On images, repeat with many seeds before you believe a rank.",
      scene: toy(four),
      action: { label: "Race again", deeds: [{ kind: "play" }] },
      finding({ lanes }) {
        const ends = lanes.flatMap(({ letter, end }) =>
          end?.kind === "point" ? [`${letter} ends at α = ${fixed(end.alpha)}`] : [],
        );
        return ends.length > 0 ? `${ends.join("; ")}.` : undefined;
      },
      done: ({ lanes }) => lanes.length > 1 && lanes.every(isAtEnd),
    },
  ],
};

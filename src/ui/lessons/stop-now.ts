/** @file Lesson ⑤: a search has no natural end; what its cell did over time, and one published stopping rule. ux B6–B8. */
import { flipsIn, genotypeAt } from "../viz/changes.ts";
import type { Deck, LaneFacts, Scene } from "./deck.ts";
import { count, first } from "./words.ts";

/** Few candidates and one stage, so that a cell of skips is not saved by anything around it. */
const collapse: Scene = { preset: "collapse", lanes: [{ method: "darts" }] };
/** Steps after which the class's prediction is judged. */
const judged = 100;

const skipsIn = (edges: readonly { readonly op: string }[]) =>
  edges.filter(({ op }) => op === "skip_connect").length;
const skipsAfter = ({ changes }: LaneFacts, steps: number) =>
  skipsIn(Object.values(genotypeAt(changes, steps)?.groups ?? {})[0] ?? []);

export const stopNow: Deck = {
  id: "stop-now",
  title: "Stop now?",
  summary: "The cell changes its mind, settles, and may fill with skips: when should one stop?",
  minutes: 6,
  isHeavy: true,
  chapters: [
    {
      title: "A cell changes its mind",
      text: "Every edge of this small cell may be nothing, a skip or a convolution. Outlined ropes are what would be kept if the search stopped now. Play on to the next change of that cell; the ribbon below remembers who led when.",
      scene: collapse,
      action: { label: "On to the next change", deeds: [{ kind: "nextChange" }] },
      finding(facts) {
        const lane = first(facts);
        if (!lane || lane.steps === 0) return undefined;
        const flips = flipsIn(lane.changes);
        const settled = lane.steps - (flips.at(-1) ?? 0);
        return `${count(flips.length, "change")} in ${count(lane.steps, "step")}; ${settled === 0 ? "the last step changed it" : `the same cell for ${count(settled, "step")}`}.`;
      },
      done: ({ lanes: [a] }) => !!a && !a.isPlaying && flipsIn(a.changes).length > 0,
    },
    {
      title: "Counting skips",
      text: "A skip has no weights to learn, so it helps from the first step on, while a convolution must learn before it helps. Searches are known to fill up with skips. The count is a warning, not a verdict: DARTS− (arXiv:2009.01027) shows that such signs can reject good cells.",
      scene: collapse,
      action: { label: "Play", deeds: [{ kind: "play" }] },
      finding(facts) {
        const cell = first(facts)?.cells[0];
        return (
          cell &&
          `${skipsIn(cell.kept)} of ${count(cell.kept.length, "edge")} would be ${skipsIn(cell.kept) === 1 ? "a skip" : "skips"} now.`
        );
      },
      done: ({ lanes: [a] }) => (a?.steps ?? 0) > 0,
    },
    {
      title: "Predict: skips",
      text: "DARTS+ (arXiv:1909.06035) stops a search as soon as two edges of a normal cell are skips. Nothing is stopped here: the page only counts. The class decides first; then the run goes on to step 100 and past it.",
      scene: collapse,
      card: {
        question: "After 100 steps, how many of the six edges would be skips?",
        options: ["None or one", "Two or three", "Four or more"],
        reveal: [{ kind: "play" }],
        answer({ lanes: [a] }) {
          if (!a || a.steps < judged) return undefined;
          const skips = skipsAfter(a, judged);
          if (skips < 2) return 0;
          return skips < 4 ? 1 : 2;
        },
        why: "The answer is this run's, with this seed. Draw another seed and ask again: one run is an anecdote, and a rule judged by one run is one, too.",
      },
      finding(facts) {
        const lane = first(facts);
        if (!lane || lane.steps < judged) return undefined;
        const skips = count(
          skipsAfter(lane, judged),
          "edge would be a skip",
          "edges would be skips",
        );
        return `After ${judged} steps ${skips}; now, after ${lane.steps}, ${skipsAfter(lane, lane.steps)}.`;
      },
    },
  ],
};

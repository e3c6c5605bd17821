/** @file Lesson ⑦: a found cell beside one drawn by luck, and what could tell them apart. ux B12; arXiv:1902.07638. */
import type { CellFacts, Deck, Scene } from "./deck.ts";
import { count } from "./words.ts";

const race: Scene = { preset: "tiny", lanes: [{ method: "darts" }, { method: "random" }] };

/** Kept edges that two cells share, and on how many of those they chose the same operation. */
function agreement(a: CellFacts | undefined, b: CellFacts | undefined) {
  if (!a || !b) return undefined;
  const both = a.kept.flatMap((edge) => {
    const other = b.kept.find(({ from, to }) => from === edge.from && to === edge.to);
    return other ? [other.op === edge.op] : [];
  });
  return { shared: both.length, same: both.filter(Boolean).length, of: a.kept.length };
}

export const luck: Deck = {
  id: "luck",
  title: "Better than luck?",
  summary: "Any search must beat a cell drawn at random, and one run cannot show that it does.",
  minutes: 6,
  isHeavy: true,
  chapters: [
    {
      title: "A lane that never learns α",
      text: "Lane A searches with DARTS. Lane B draws its cell from the seed and keeps it; only its shared weights learn. It is the baseline of Li and Talwalkar (arXiv:1902.07638). Play both and watch whose ropes move.",
      scene: race,
      action: { label: "Play both", deeds: [{ kind: "play" }] },
      finding({ lanes }) {
        const moved = lanes.flatMap(({ letter, cells }) => {
          const cell = cells[0];
          return cell?.moved === undefined
            ? []
            : [`${letter} on ${cell.moved} of ${count(cell.group.edges.length, "edge")}`];
        });
        return moved.length > 1
          ? `In the normal cell the last step moved α of ${moved.join(", of ")}.`
          : undefined;
      },
      done: ({ lanes }) => lanes.length > 1 && lanes.every(({ steps }) => steps > 0),
    },
    {
      title: "How alike by luck?",
      text: "Draw another seed, play, and compare the two normal cells. Two cells drawn at random agree now and then, too. So likeness between runs says little until one knows how much of it luck would give.",
      scene: race,
      action: {
        label: "New seed, and play",
        deeds: [{ kind: "newSeed" }, { kind: "play" }],
      },
      finding({ lanes: [a, b] }) {
        if (a?.steps === 0)
          return "No step yet: of one seed, A's first α is B's draw in small, and their cells are one.";
        const found = agreement(a?.cells[0], b?.cells[0]);
        const ops = a?.cells[0]?.group.ops.filter((op) => op !== "none").length;
        return found && ops
          ? `They share ${found.shared} of ${count(found.of, "edge")} and agree on ${found.same}; luck gives each shared edge 1 chance in ${ops}, ${(100 / ops).toFixed(0)} %.`
          : undefined;
      },
      done: ({ lanes: [a] }) => a?.seed !== undefined && a.seed !== 1 && a.steps > 0,
    },
    {
      title: "What would settle it",
      text: "The losses on the right are those of shared weights, not of the two cells: DARTS's authors warn that they do not tell the final accuracy. Open Referee below them: it trains both cells from scratch, as it has trained 100 random ones, and says where luck could do as well. Another seed moves every figure.",
      scene: race,
      action: { label: "Play both", deeds: [{ kind: "play" }] },
      finding: ({ lanes }) =>
        lanes.length > 1 && lanes.every(({ steps }) => steps > 0)
          ? "These two runs share one seed: one pair of runs, whatever it shows."
          : undefined,
      done: ({ lanes }) => lanes.length > 1 && lanes.every(({ steps }) => steps > 0),
    },
  ],
};

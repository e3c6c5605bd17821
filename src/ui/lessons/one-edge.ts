/** @file Lesson ③: EDAS relaxes one edge at a time, where DARTS runs every candidate of every edge (arXiv:1912.01237). */
import type { Deck, Facts, Scene, SceneLane } from "./deck.ts";
import { cellOf, count, first } from "./words.ts";

const darts: SceneLane = { method: "darts" };
/** Without warm-up, so that α moves from the first step on. */
const edas: SceneLane = { method: "edas", hyper: { warmup: 0 } };
const tiny = (...lanes: readonly SceneLane[]): Scene => ({ preset: "tiny", lanes });

function movedText(facts: Facts): string | undefined {
  const cell = cellOf(facts);
  if (cell?.moved === undefined) return undefined;
  return `Normal cell: the last step moved α on ${cell.moved} of ${count(cell.group.edges.length, "edge")}.`;
}

export const oneEdge: Deck = {
  id: "one-edge",
  title: "One edge at a time",
  summary: "EDAS relaxes one edge and clamps the others, so that a step runs few candidates.",
  minutes: 6,
  isHeavy: true,
  chapters: [
    {
      title: "Everything at once",
      text: "Each rope is an edge of the cell, each strand one candidate operation, as wide as its share softmax(α). DARTS runs every strand of every rope in every step. The ropes start even. The images are CIFAR-10 at 16×16 and the network is tiny.",
      scene: tiny(darts),
      action: { label: "Take one step", deeds: [{ kind: "step" }] },
      finding: movedText,
      done: ({ lanes: [a] }) => (a?.steps ?? 0) > 0,
    },
    {
      title: "One edge is drawn",
      text: "EDAS draws one edge in each cell, relaxes it, and clamps all others to zero or one. How the edge is drawn and clamped is reconstructed from the paper's abstract. Take a step, and count the edges whose α moved.",
      scene: tiny(edas),
      action: { label: "Take one step", deeds: [{ kind: "step" }] },
      finding: movedText,
      done: ({ lanes: [a] }) => (a?.steps ?? 0) > 0,
    },
    {
      title: "The stages of its step",
      text: "Walk through one step of EDAS: an edge is drawn, the rest is clamped, α of that edge moves, then w moves through the same few candidates. The strip above the transport tells the stage.",
      scene: tiny(edas),
      action: { label: "Next stage", deeds: [{ kind: "phase" }] },
      done: ({ isInPhase }) => isInPhase,
    },
    {
      title: "What does it save?",
      text: "Both lanes have the same first weights and see the same images. Play a while, then compare their milliseconds a step. This is your machine and a tiny network: the ratio is not the one of the paper.",
      scene: tiny(darts, edas),
      action: { label: "Play both", deeds: [{ kind: "play" }] },
      finding({ lanes }) {
        const times = lanes.flatMap(({ letter, label, msPerStep, steps }) =>
          msPerStep && steps > 0 ? [{ name: `${letter}, ${label}`, ms: msPerStep }] : [],
        );
        const [a, b] = times;
        if (!a || !b) return undefined;
        const each = times.map(({ name, ms }) => `${name}: ${Number(ms.toPrecision(3))} ms a step`);
        return `${each.join("; ")}, ${(b.ms / a.ms).toFixed(2)} times as long.`;
      },
      done: (facts) => facts.lanes.every(({ steps }) => steps >= 5) && first(facts) !== undefined,
    },
  ],
};

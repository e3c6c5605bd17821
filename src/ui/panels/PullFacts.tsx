/** @file In an edge's card, while a step is walked through: what pulls this edge, in numbers. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import type { Lane } from "../state/lanes.ts";
import { pullText } from "../viz/pulls.ts";
import { useInside, useNow } from "./use-inside.ts";

interface PullFactsProps {
  readonly lane: Lane;
  readonly group: AlphaGroup;
  readonly edge: number;
}

export function PullFacts({ lane, group, edge }: PullFactsProps) {
  const inside = useNow(useInside(lane, group));
  const mine = inside?.pulls.filter((pull) => pull.edge === edge) ?? [];
  return mine
    .toSorted((a, b) => a.term - b.term)
    .map((pull) => (
      <p key={pull.term} className="numbers">
        <b>{inside?.terms[pull.term]?.label}</b> {pullText(group, pull)}
      </p>
    ));
}

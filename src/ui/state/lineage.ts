/** @file What branches know of the lanes they came from, so that a tree of them can be drawn when those are gone. */
import type { Ancestor } from "../viz/branches.ts";
import type { Lane } from "./lanes.ts";
import type { SavedRun } from "./saves.ts";
import type { RunView } from "./store.ts";
import { setLane, type ViewStore } from "./view.ts";

/** The lane as its new branch shall know it; from now on it bears the name that its branches know it by. */
export function asAncestor(view: ViewStore, lane: Lane, run: RunView): Ancestor {
  const { letter, method, origin } = lane;
  const line = lane.line ?? Math.random().toString(36).slice(2);
  if (lane.line === undefined) setLane(view, lane.id, { line });
  const isBranch = origin && origin.kind !== "recorded";
  return { line, letter, method, steps: run.records.length, ...(isBranch && { origin }) };
}

/** Lanes gone on with, with what they had branched off from, under the letters that those have now. */
export function withLineage(
  lanes: readonly Lane[],
  saved: readonly (SavedRun | undefined)[],
): readonly Lane[] {
  const letterOf = ({ line, letter }: Ancestor) =>
    lanes.find((_, i) => saved[i]?.line === line)?.letter ?? letter;
  return lanes.map((lane, i) => {
    const { line, origin } = saved[i] ?? {};
    const now =
      origin && origin.kind !== "recorded"
        ? { ...origin, of: { ...origin.of, letter: letterOf(origin.of) } }
        : origin;
    return { ...lane, ...(now && { origin: now }), ...(line !== undefined && { line }) };
  });
}

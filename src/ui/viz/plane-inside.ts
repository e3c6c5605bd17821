/** @file What the stages of one step of the toy have moved so far, as moves in the plane of α and w. */
import type { Phase } from "../../protocol/messages.ts";
import type { State, Weights } from "./plane.ts";

/** One variable's way in one stage; y is drawn on w's axis. */
export interface PlaneMove {
  readonly of: "alpha" | "w" | "y";
  readonly from: State;
  readonly to: State;
  /** Whether it is the stage on show, and none before it. */
  readonly isNow: boolean;
}

/** The moves of the stages up to the one at `here`, of a step that led from `before` to `after`, in their order. */
export function movesInside(
  phases: readonly Pick<Phase, "moves">[],
  here: number,
  before: Weights,
  after: Weights,
): readonly PlaneMove[] {
  const now = { alpha: before.alpha, w: before.w, y: before.y };
  return phases.slice(0, here + 1).flatMap(({ moves: of }, i): PlaneMove[] => {
    const [value, from] = [of && after[of], { alpha: now.alpha, w: of === "y" ? now.y : now.w }];
    if (of === undefined || value === undefined || from.w === undefined) return [];
    now[of] = value;
    const start = { alpha: from.alpha, w: from.w };
    const to = of === "alpha" ? { ...start, alpha: value } : { ...start, w: value };
    return [{ of, from: start, to, isNow: i === here }];
  });
}

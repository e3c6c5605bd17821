/** @file Measures how long frames take that follow a drawing, painting included, and says how much detail they allow. */
import { type Detail, firstPace, paced } from "../viz/detail.ts";

/** One of these a picture. */
export interface FramePace {
  readonly detail: Detail;
  /** To be called inside the animation frame in which something was drawn. */
  drew(): void;
}

/** Starts with all detail. */
export function createFramePace(): FramePace {
  let pace = firstPace;
  return {
    get detail() {
      return pace.detail;
    },
    drew() {
      requestAnimationFrame((startMs) =>
        requestAnimationFrame((endMs) => {
          pace = paced(pace, endMs - startMs);
        }),
      );
    },
  };
}

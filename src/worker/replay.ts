/** @file Steps taken again: a run is brought to where another stood, with the changes that one had on its way. */
import type { Run } from "../engine/index.ts";
import type { Progress, Tuned } from "../protocol/messages.ts";

/** Steps between two looks at whether anybody still waits. */
const stretch = 8;
/** Progress is told at most this often. */
const tellMs = 100;

interface Watch {
  /** True once nobody waits for the run any more. */
  isOff(): boolean;
  onProgress(progress: Progress): void;
}

/** Steps `run` until `steps` steps are taken, making each change of `script` at its step. Returns those still to come. */
export async function replay(
  run: Run,
  script: readonly Tuned[],
  steps: number,
  { isOff, onProgress }: Watch,
): Promise<readonly Tuned[]> {
  const start = run.steps;
  let rest = script;
  let toldMs = performance.now();
  for (;;) {
    while (rest[0] && rest[0].steps <= run.steps) {
      run.tune(rest[0].patch);
      rest = rest.slice(1);
    }
    const left = Math.min(steps, run.end, rest[0]?.steps ?? steps) - run.steps;
    if (left <= 0 || isOff()) return rest;
    await run.step(Math.min(stretch, left));
    if (performance.now() - toldMs < tellMs) continue;
    toldMs = performance.now();
    onProgress({ what: "replay", done: run.steps - start, total: steps - start });
  }
}

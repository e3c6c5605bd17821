/** @file How fast a backend searches, measured rather than guessed. */
import type { BackendId } from "../../protocol/spec.ts";
import type { RunOptions } from "./open.ts";
import { presets } from "./presets.ts";
import { createRun } from "./run.ts";

/** Steps that compile and warm up, and steps that count. */
const [warmUp, timed] = [2, 4];

/** Milliseconds of a first-order DARTS step of the `tiny` preset, read-back included. Throws what `createRun` throws. */
export async function timeStep(backend: BackendId, options: RunOptions): Promise<number> {
  const tiny = presets.find((p) => p.id === "tiny");
  if (!tiny) throw new Error('no preset "tiny"');
  const spec = { ...tiny.settings, method: "darts", backend, seed: 1, hyper: {} };
  using run = await createRun(spec, options);
  await run.step(warmUp);
  return (await run.step(timed)).msPerStep;
}

/** @file One probing of a run: the batches it is made on, what it found, and what it took. */
import { dispose } from "@tensorflow/tfjs-core";
import type { Probed } from "../../protocol/messages.ts";
import type { RunSpec } from "../../protocol/spec.ts";
import { createRng } from "../core/rng.ts";
import { SpecError } from "../errors.ts";
import { counted } from "../probes/counted.ts";
import type { Probe, ProbeContext } from "../probes/probe.ts";
import type { Batch, BoundProblem, MethodState, Task } from "../problem.ts";

/** A run, as far as a probe needs it. */
interface Probeable extends Pick<ProbeContext, "alphaOnHost" | "derive"> {
  readonly problem: BoundProblem;
  readonly task: Task;
  readonly spec: RunSpec;
  readonly state: MethodState;
  readonly steps: number;
}

/** Throws `SpecError` where the space has no use for this probe. */
export async function runProbe(probe: Probe, run: Probeable): Promise<Probed> {
  const { task, spec, state, steps, alphaOnHost, derive } = run;
  if (probe.accepts && !probe.accepts(run.problem.groups))
    throw new SpecError(`probe "${probe.id}" has nothing to measure in space "${spec.space}"`);
  const startMs = performance.now();
  const problem = counted(run.problem);
  // A stream of its own: the run's draws stay what they would have been.
  const rng = createRng(spec.seed).fork("probe");
  const batches = await fixedBatches(task, spec.batchSize, probe.batches, spec.seed);
  try {
    const { weights, alpha } = state;
    const context = { problem, weights, alpha, alphaOnHost, derive, batches, rng };
    const values = await probe.measure(context);
    const { gradients, forwards } = problem.take();
    const ms = performance.now() - startMs;
    return { probe: probe.id, step: steps, values, passes: gradients + forwards, ms };
  } finally {
    dispose(batches.flatMap(({ x, y }) => [x, y]));
  }
}

/** The first batches of the half for α as they are stored; where a task has no order, draws of one stream. */
async function fixedBatches(
  task: Task,
  size: number,
  wanted: number,
  seed: number,
): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  const rng = createRng(seed).fork("probe batches");
  for (let step = 0; step < wanted; step++) {
    const draw = { step, size, rng };
    if (!task.inOrder) await task.prepare?.(draw);
    const batch = task.inOrder ? await task.inOrder("val", step, size) : task.sample("val", draw);
    if (!batch) break;
    batches.push(batch);
  }
  if (batches.length === 0) throw new SpecError(`the half for α has no full batch of ${size}`);
  return batches;
}

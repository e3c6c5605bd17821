/** @file What a run stands on: the parts that its spec names, bound to each other, and the state that it begins with. */
import { dispose, tidy } from "@tensorflow/tfjs-core";
import type { Progress } from "../../protocol/messages.ts";
import type { RunSpec } from "../../protocol/spec.ts";
import { createOptimizer } from "../core/optim.ts";
import { tensorsIn } from "../core/params.ts";
import { createRng, type Rng } from "../core/rng.ts";
import { CheckpointError, SpecError } from "../errors.ts";
import type { Probe } from "../probes/probe.ts";
import type {
  Bind,
  BoundProblem,
  MethodState,
  Optimizers,
  ReadFile,
  SearchMethod,
  SearchSpace,
  Supernet,
  Task,
  TaskDefinition,
} from "../problem.ts";
import { completeSpec } from "./check-spec.ts";
import { type Checkpoint, decodeCheckpoint } from "./checkpoint.ts";
import { networkFor } from "./network-for.ts";
import { checkStop, nothingWatched, type Watched } from "./watch.ts";

export interface Registry {
  readonly methods: readonly SearchMethod[];
  readonly spaces: readonly SearchSpace[];
  readonly tasks: readonly TaskDefinition[];
  readonly probes: readonly Probe[];
}

export interface RunOptions {
  readonly registry: Registry;
  readonly read: ReadFile;
  readonly checkpoint?: ArrayBuffer | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly bind: Bind;
  /** Throws what the backend reported since the last call: GPU errors arrive outside any promise. */
  readonly assertHealthy?: (() => void) | undefined;
}

/** Everything in it is the caller's to free. */
export interface Opened {
  readonly method: SearchMethod;
  readonly net: Supernet;
  readonly task: Task;
  readonly problem: BoundProblem;
  readonly rng: Rng;
  /** Completed; a checkpoint's own where there is one. */
  readonly spec: RunSpec;
  readonly state: MethodState;
  readonly steps: number;
  readonly watched: Watched;
}

/** Throws `SpecError`, `HyperError`, `DatasetError` or `CheckpointError`. */
export async function openRun(given: RunSpec, options: RunOptions): Promise<Opened> {
  const { registry, read, bind, onProgress, checkpoint } = options;
  const method = find(registry.methods, given.method, "method");
  const space = find(registry.spaces, given.space, "space");
  const definition = find(registry.tasks, given.task, "task");
  const rng = createRng(given.seed);
  const parts = { method, space, task: definition };
  if (given.pruned && !checkpoint)
    throw new SpecError(
      "this run began with the weights of a pruned search, which its settings do not hold; prune the search again",
    );
  const { net, spec } = networkFor(completeSpec(given, parts), parts, rng.fork("genotype"));
  checkStop(spec, method, net.groups);

  const task = await definition.open(read, spec.taskHyper, onProgress);
  const problem = await bind(net, task, spec.batchSize, onProgress);
  const optimizers = optimizersAt(spec, 0);
  const state: MethodState = tidy(
    () => method.init(problem, optimizers, rng.fork("init"), spec.hyper) as never,
  );
  const opened = { method, net, task, problem, rng };
  if (!checkpoint) return { ...opened, spec, state, steps: 0, watched: nothingWatched };
  try {
    const saved = resumed(checkpoint, state, spec);
    const { step: steps, watched = nothingWatched } = saved;
    return { ...opened, steps, watched, state: saved.state, spec: saved.spec };
  } catch (error) {
    task.dispose();
    problem.dispose();
    throw error;
  } finally {
    dispose(tensorsIn(state));
  }
}

/** The spec is the checkpoint's, on this run's backend. Throws `CheckpointError` if it is another genotype's. */
function resumed<S extends MethodState>(
  bytes: ArrayBuffer,
  like: S,
  { genotype, backend }: RunSpec,
): Checkpoint<S> {
  const saved = decodeCheckpoint(bytes, like);
  if (saved.spec.genotype === genotype) return { ...saved, spec: { ...saved.spec, backend } };
  dispose(tensorsIn(saved.state));
  throw new CheckpointError(
    `the checkpoint is of the genotype ${saved.spec.genotype}; this run has ${genotype}`,
  );
}

/** The optimisers of step `step`, their schedules where they are by then. */
export const optimizersAt = (
  { weightOptimizer, alphaOptimizer, steps }: RunSpec,
  step: number,
): Optimizers => ({
  weights: createOptimizer(weightOptimizer, step / steps),
  alpha: createOptimizer(alphaOptimizer, step / steps),
});

/** Throws `SpecError` if there is none of this id. */
export function find<T extends { readonly id: string }>(
  entries: readonly T[],
  id: string,
  what: string,
): T {
  const entry = entries.find((e) => e.id === id);
  if (!entry)
    throw new SpecError(`no ${what} "${id}"; there are ${entries.map((e) => e.id).join(", ")}`);
  return entry;
}

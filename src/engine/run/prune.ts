/** @file From a search's checkpoint to that of a smaller network's training: pruned for real, with the weights it keeps. */
import { dispose, tidy } from "@tensorflow/tfjs-core";
import type { PruneBy, RunSpec } from "../../protocol/spec.ts";
import { tensorsIn } from "../core/params.ts";
import { createRng } from "../core/rng.ts";
import { SpecError } from "../errors.ts";
import type { MethodState, Problem, SearchMethod, Supernet } from "../problem.ts";
import { completeSpec } from "./check-spec.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { networkFor } from "./network-for.ts";
import { find, optimizersAt, type Registry } from "./open.ts";
import { readParams } from "./read-back.ts";

type Network = NonNullable<Supernet["network"]>;
/** A run that fine-tunes what is left, ready to begin at step 0. */
export interface PrunedRun {
  readonly spec: RunSpec;
  readonly checkpoint: ArrayBuffer;
  /** What was pruned, and what is left. */
  readonly networks: { readonly from: Network; readonly to: Network };
}

/**
 * The smaller network of a search as it stands in `checkpoint`, to be trained for `steps` steps by `fixed` with the
 * search's optimiser for the weights. Throws `SpecError` where the space cannot prune, `CheckpointError` for bad bytes.
 */
export async function pruneRun(
  given: RunSpec,
  checkpoint: ArrayBuffer,
  { steps, ...by }: PruneBy & { readonly steps: number },
  registry: Registry,
): Promise<PrunedRun> {
  const space = find(registry.spaces, given.space, "space");
  const task = find(registry.tasks, given.task, "task");
  const searcher = find(registry.methods, given.method, "method");
  const trainer = registry.methods.find(({ trainsGenotype }) => trainsGenotype);
  const rng = createRng(given.seed);
  const partsOf = (method: SearchMethod) => ({ method, space, task });
  const { net } = networkFor(completeSpec(given, partsOf(searcher)), partsOf(searcher), rng);
  const { prune } = net;
  if (!prune || !trainer || !net.network)
    throw new SpecError(`space "${space.id}" has nothing to prune`);

  const like = stateOf(searcher, given, net);
  const { state } = decodeCheckpoint(checkpoint, like);
  const [alpha, weights] = await Promise.all([readParams(state.alpha), readParams(state.weights)]);
  dispose(tensorsIn([like, state]));

  const pruned = prune(alpha, weights, by);
  const { forces: _, stop: __, ...rest } = given;
  const open = {
    ...{ ...rest, method: trainer.id, genotype: pruned.genotype.text, hyper: {}, steps },
    pruned: true as const,
  };
  const chosen = networkFor(completeSpec(open, partsOf(trainer)), partsOf(trainer), rng);
  const start = stateOf(trainer, chosen.spec, { ...chosen.net, initWeights: () => pruned.weights });
  const bytes = await encodeCheckpoint({ spec: chosen.spec, step: 0, state: start });
  dispose(tensorsIn([start, pruned.weights]));
  return {
    spec: chosen.spec,
    checkpoint: bytes,
    networks: { from: net.network, to: chosen.net.network as Network },
  };
}

/** What a method begins with; it asks for no gradient to do so. */
const stateOf = (method: SearchMethod, spec: RunSpec, net: Supernet): MethodState =>
  tidy(() => {
    const rng = createRng(spec.seed);
    const problem = { ...net, lossAndGrad: unasked } satisfies Problem;
    return method.init(problem, optimizersAt(spec, 0), rng, spec.hyper) as never;
  });
const unasked = (): never => {
  throw new Error("a method's start needs no gradient");
};

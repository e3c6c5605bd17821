/** @file Prunes a search by one criterion or several and fine-tunes what each leaves, as lines of text or JSON. */
import {
  createRun,
  type NetworkSize,
  networkSize,
  play,
  pruneRun,
  type Run,
  type RunOptions,
} from "../engine/index.ts";
import type { PruneCriterion } from "../protocol/spec.ts";

export interface FineTune {
  readonly steps: number;
  /** The first one's number of parameters is the limit of the others, where no number is asked for. */
  readonly criteria: readonly PruneCriterion[];
  readonly parameters?: number;
}

/** The search's own size first, then for each criterion what is left and its accuracy on test examples before and after. */
export async function* fineTuneLines(
  search: Run,
  options: RunOptions,
  { steps, criteria, parameters }: FineTune,
  json: boolean,
): AsyncGenerator<string> {
  const checkpoint = await search.checkpoint();
  let limit = parameters;
  for (const criterion of criteria) {
    const by = { criterion, steps, ...(limit !== undefined && { parameters: limit }) };
    const pruned = await pruneRun(search.spec, checkpoint, by, options.registry);
    const [from, to] = [networkSize(pruned.networks.from), networkSize(pruned.networks.to)];
    if (criterion === criteria[0]) yield json ? JSON.stringify({ search: from }) : sizeLine(from);
    limit ??= to.parameters;
    using run = await createRun(pruned.spec, { ...options, checkpoint: pruned.checkpoint });
    const before = await run.evaluate("test");
    for await (const _ of play(run, burst));
    const after = await run.evaluate("test");
    const genotype = pruned.spec.genotype as string;
    yield json
      ? JSON.stringify({ pruned: criterion, genotype, ...to, before, after, steps })
      : `pruned by ${criterion}: ${genotype}, ${sizeLine(to, from)}; test accuracy ${percent(before)}, after ${steps} steps ${percent(after)} (loss ${after.loss.toFixed(4)})`;
  }
}

/** Steps between two looks. */
const burst = 50;
const percent = ({ accuracy }: { readonly accuracy: number }): string =>
  `${(100 * accuracy).toFixed(2)} %`;

function sizeLine({ parameters, multiplyAdds }: NetworkSize, of?: NetworkSize): string {
  const share = (now: number, then: number | undefined): string =>
    then === undefined ? "" : ` (${((100 * now) / then).toFixed(1)} %)`;
  return `${parameters} parameters${share(parameters, of?.parameters)}, ${multiplyAdds} multiply-adds an image${share(multiplyAdds, of?.multiplyAdds)}`;
}

/** @file Which network a run trains: the space's supernet, or that of a genotype. */
import { GenotypeError, parseGenotype } from "../../genotype/formats.ts";
import type { Genotype, RunSpec } from "../../protocol/spec.ts";
import type { Rng } from "../core/rng.ts";
import { SpecError } from "../errors.ts";
import type { Supernet } from "../problem.ts";
import type { SpecParts } from "./check-spec.ts";

interface Chosen {
  readonly net: Supernet;
  /** With the genotype that was drawn, if none was given and one is needed. */
  readonly spec: RunSpec;
}

/**
 * The network of a completed spec. A method that trains a genotype and is given none trains one that the seed draws.
 * Throws `SpecError` if method, space and genotype do not go together.
 */
export function networkFor(spec: RunSpec, { method, space, task }: SpecParts, rng: Rng): Chosen {
  const supernet = () => space.supernet(task.signature, spec.spaceHyper);
  const fits = (net: Supernet) => method.accepts?.(net.groups) ?? true;
  if (!method.trainsGenotype) {
    if (spec.genotype !== undefined)
      throw new SpecError(
        `method "${method.id}" searches and takes no genotype: ${shortened(spec.genotype)}`,
      );
    const net = supernet();
    if (!fits(net)) throw new SpecError(`method "${method.id}" cannot search space "${space.id}"`);
    return { net, spec };
  }
  if (!space.derived)
    throw new SpecError(`space "${space.id}" has no genotypes for method "${method.id}" to train`);
  const derived = (groups: Genotype["groups"]): Supernet =>
    space.derived?.(task.signature, spec.spaceHyper, groups) as Supernet;
  if (spec.genotype !== undefined) return { net: derived(readGenotype(spec.genotype)), spec };
  return draw(supernet(), derived, spec, rng);
}

function readGenotype(text: string): Genotype["groups"] {
  try {
    return parseGenotype(text).groups;
  } catch (error) {
    if (!(error instanceof GenotypeError)) throw error;
    throw new SpecError(`genotype ${shortened(text)}: ${error.message}`, { cause: error });
  }
}
const shortened = (text: string): string =>
  text.length > 60 ? `"${text.slice(0, 60)}…"` : `"${text}"`;

/** Far more than a space whose cells may let nothing through will ever need. */
const attempts = 1000;

/** What the space derives from α ~ N(0, 1), drawn again while that is no network. */
function draw(
  { groups, derive }: Supernet,
  derived: (groups: Genotype["groups"]) => Supernet,
  spec: RunSpec,
  rng: Rng,
): Chosen {
  for (let attempt = 1; ; attempt++) {
    const here = rng.fork(attempt);
    const alpha = groups.map(({ name, edges, ops }) => [
      name,
      here.fork(name).normal(edges.length * ops.length),
    ]);
    const genotype = derive(Object.fromEntries(alpha));
    try {
      return { net: derived(genotype.groups), spec: { ...spec, genotype: genotype.text } };
    } catch (error) {
      if (!(error instanceof SpecError) || attempt === attempts) throw error;
    }
  }
}

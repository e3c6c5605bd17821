/**
 * @file Each edge's own part in the discretisation gap: how much worse the network gets when this edge alone is cut to
 * what the genotype has there, and all others stay mixed.
 *
 *   cut of a kept edge     its kept candidate, with weight 1
 *   cut of another edge    nothing
 *
 * Edges work together, so the parts need not add up to the gap.
 */
import { add, mul, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { oneHotRows } from "../methods/paths.ts";
import type { Mixture } from "../problem.ts";
import { genotypeMixture, judge, pathOf } from "./judge.ts";
import { choosesOps, type Probe, type ProbeContext } from "./probe.ts";

export const edges: Probe = {
  id: "edges",
  label: "Edges' parts in the gap",
  summary:
    "What cutting each edge alone would cost: the loss with this edge cut to the genotype's choice and all others mixed, less that of the mixture, on the same batches.",
  reference: "the discretisation gap, edge by edge; an ablation of this project's",
  cost: "2 forward passes an edge, and 4",
  batches: 2,
  accepts: choosesOps,
  async measure(context) {
    const { problem, alpha, alphaOnHost, derive } = context;
    const { groups } = problem;
    const genotype = derive(alphaOnHost);
    const mixture = await judge(context, () => problem.relax(alpha));
    const cut = await judge(context, () => genotypeMixture(groups, genotype));
    const found: Record<string, number> = { gap: cut.loss - mixture.loss };
    for (const { name, edges: all } of groups)
      for (const edge of all.keys()) {
        const alone = await judge(context, () => withCut(context, genotype, name, edge));
        found[`${name}.${edge}`] = alone.loss - mixture.loss;
      }
    return found;
  },
};

/** The mixture, with one edge of one group as the genotype has it. */
function withCut(
  { problem, alpha }: ProbeContext,
  genotype: Parameters<typeof pathOf>[1],
  name: string,
  edge: number,
): Mixture {
  const { groups } = problem;
  const path = pathOf(groups, genotype);
  const { weights, active } = problem.relax(alpha);
  const others = groups
    .find((group) => group.name === name)
    ?.edges.map((_, e) => [e === edge ? 0 : 1]);
  const only = { [name]: (path[name] ?? []).map((op, e) => (e === edge ? op : undefined)) };
  const rows = oneHotRows(groups, only)[name] as Tensor2D;
  const cut = add(mul(weights[name] as Tensor2D, tensor2d(others ?? [])), rows) as Tensor2D;
  const chosen = path[name]?.[edge];
  return {
    weights: { ...weights, [name]: cut },
    active: Object.fromEntries(
      groups.map((group) => [
        group.name,
        group.edges.map((_, e) => {
          if (group.name === name && e === edge) return chosen === undefined ? [] : [chosen];
          return active?.[group.name]?.[e] ?? [...group.ops.keys()];
        }),
      ]),
    ),
  };
}

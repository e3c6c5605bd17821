/** @file A genotype as the columns of α that it keeps, checked against the cells it is meant for. */
import { tensor2d } from "@tensorflow/tfjs-core";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import type { Params } from "../core/params.ts";
import { SpecError } from "../errors.ts";

/** Of one cell: by the index of a kept edge, the column of its candidate. */
export type KeptOps = ReadonlyMap<number, number>;

/** Throws `SpecError` unless there is one list for each group, of edges and candidates that it has, each edge once. */
export function keptOps(
  groups: readonly AlphaGroup[],
  genotype: Genotype["groups"],
): Readonly<Record<string, KeptOps>> {
  const names = groups.map(({ name }) => name);
  for (const name of Object.keys(genotype))
    if (!names.includes(name))
      throw new SpecError(`the genotype has a group "${name}"; this space has ${names.join(", ")}`);
  return Object.fromEntries(groups.map((group) => [group.name, keptIn(group, genotype)]));
}

function keptIn({ name, edges, ops, nodes }: AlphaGroup, genotype: Genotype["groups"]): KeptOps {
  const listed = genotype[name];
  if (!listed) throw new SpecError(`the genotype has no group "${name}"`);
  const kept = new Map<number, number>();
  for (const { from, to, op } of listed) {
    const edge = edges.findIndex((e) => e.from === from && e.to === to);
    const column = ops.indexOf(op);
    if (edge < 0)
      throw new SpecError(
        `the genotype's ${name} has an edge from node ${from} to node ${to}; there are nodes 0 … ${nodes - 1} at this size`,
      );
    if (column < 0)
      throw new SpecError(`the genotype's ${name} has an op "${op}"; there are ${ops.join(", ")}`);
    if (kept.has(edge))
      throw new SpecError(`the genotype's ${name} has the edge from ${from} to ${to} twice`);
    kept.set(edge, column);
  }
  return kept;
}

/** Far enough above 0 for a softmax that is 1 to all digits shown. */
const certain = 30;

/** α that shows a genotype, (edges, ops) per group: what is kept has all of the softmax, and cut edges have `none`. */
export const certainAlpha = (
  groups: readonly AlphaGroup[],
  kept: Readonly<Record<string, KeptOps>>,
): Params =>
  Object.fromEntries(
    groups.map(({ name, edges, ops }) => [
      name,
      tensor2d(
        edges.map((_, edge) => {
          const chosen = kept[name]?.get(edge) ?? ops.indexOf("none");
          return ops.map((_, op) => (op === chosen ? certain : 0));
        }),
      ),
    ]),
  );

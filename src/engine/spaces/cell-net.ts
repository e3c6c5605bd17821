/** @file What image spaces made of cells have in common: how a node is written, and a supernet around a network. */
import { type Tensor1D, type Tensor4D, tensor1d } from "@tensorflow/tfjs-core";
import { printGenotype } from "../../genotype/formats.ts";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import type { NetworkBuilder } from "../network/builder.ts";
import { initialWeights } from "../network/init.ts";
import type { Network, Shape, Value } from "../network/network.ts";
import type { CandidateOp } from "../ops/op.ts";
import type { Supernet } from "../problem.ts";
import { forward, measure } from "../reference/forward.ts";
import { initAlpha, pullBackEdges, relaxEdges } from "./dag.ts";
import { certainAlpha, type KeptOps } from "./kept.ts";

/** One cell of a network: its graph, what may stand on an edge, and what does once a genotype is given. */
export interface Cell {
  readonly group: AlphaGroup;
  readonly candidates: readonly CandidateOp[];
  /** Absent while all candidates are mixed. */
  readonly kept?: KeptOps | undefined;
  readonly channels: number;
  /** The path of its weights: `cells.3`. */
  readonly name: string;
}

/**
 * Node `node` of the cell, in `shape`: the mixture of every candidate on every edge into it, or the sum of the kept
 * ones. A candidate has the same weight names either way. `strideOf` is by predecessor.
 */
export function writeNode(
  builder: NetworkBuilder,
  { group, candidates, kept, channels, name }: Cell,
  node: number,
  states: readonly Value[],
  shape: Shape,
  strideOf: (from: number) => 1 | 2 = () => 1,
): Value {
  const terms = group.edges.flatMap(({ from, to }, edge) =>
    candidates.flatMap(({ write }, op) => {
      if (to !== node || (kept && kept.get(edge) !== op)) return [];
      const place = { channels, stride: strideOf(from), name: `${name}.edges.${edge}.${op}` };
      const value = write(builder, states[from] as Value, place);
      return [{ group: group.name, edge, op, ...(value === undefined ? {} : { value }) }];
    }),
  );
  if (!kept) return builder.mix(terms, shape);
  const values = terms.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return values.length > 0 ? builder.sum(values) : builder.mix([], shape);
}

/** The supernet of a network over cells whose edges each have a softmax over their candidates. */
export const cellNet = (
  groups: readonly AlphaGroup[],
  network: Network,
  derive: Supernet["derive"],
): Supernet => ({
  groups,
  network,
  initWeights: (rng) => ({ weights: tensor1d(initialWeights(network, rng)) }),
  initAlpha: (rng) => initAlpha(groups, rng),
  relax: (alpha) => relaxEdges(groups, alpha),
  pullBack: pullBackEdges,
  forward: (weights, mixture, x, moments) =>
    forward(network, weights["weights"] as Tensor1D, mixture, x as Tensor4D, moments),
  measure: (weights, mixture, x) =>
    measure(network, weights["weights"] as Tensor1D, mixture, x as Tensor4D),
  derive,
});

/** A genotype's own network. Its α never moves and shows the genotype, which is all that can be derived from it. */
export function derivedNet(
  groups: readonly AlphaGroup[],
  network: Network,
  genotype: Pick<Genotype, "space" | "groups">,
  kept: Readonly<Record<string, KeptOps>>,
): Supernet {
  const derived = { ...genotype, text: printGenotype(genotype) };
  return {
    ...cellNet(groups, network, () => derived),
    initAlpha: () => certainAlpha(groups, kept),
  };
}

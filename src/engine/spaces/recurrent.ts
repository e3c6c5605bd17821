/** @file The recurrent search space of DARTS (arXiv:1806.09055, §3.2 and its official rnn code). */
import { type Tensor1D, type Tensor2D, tensor1d } from "@tensorflow/tfjs-core";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import { integer } from "../core/hyper.ts";
import { SpecError } from "../errors.ts";
import { initialWeights } from "../network/init.ts";
import { type RecurrentNetwork, recurrentNetwork, recurrentOps } from "../network/recurrent.ts";
import type { SearchSpace, Supernet, TaskSignature } from "../problem.ts";
import { generate } from "../recurrent/generate.ts";
import { forwardRecurrent } from "../reference/recurrent.ts";
import { denseCell, initAlpha, relaxEdges } from "./dag.ts";
import { dartsText, deriveStrongest } from "./derive.ts";
import { certainAlpha, type KeptOps, keptOps } from "./kept.ts";

type Size = { readonly hidden: number; readonly nodes: number };

/** The cell's one group, as the official code names it: node 0 is s₀, every node reads all before it. */
const name = "recurrent";
/** Predecessors that a derived node keeps. */
const kept = 1;

/**
 * One cell, repeated over time: s₀ gates the input into the hidden state, and each node a state before it. In the search
 * every node's batch norm takes the batch's statistics at each time step; a derived network has none. Not taken over from
 * the official code: dropout, its slowness penalty, and a hidden state carried from one batch to the next.
 */
export const recurrent: SearchSpace<Size> = {
  id: "recurrent",
  label: "DARTS recurrent cell",
  summary:
    "One small cell is repeated letter after letter and carries a hidden state; the search picks for each of its nodes what it reads and through which activation.",
  reference:
    "DARTS, arXiv:1806.09055, §3.2 and its official code, without dropout and with windows that begin at a zero state",
  hyper: {
    hidden: integer(
      "Hidden units",
      "Makes the hidden state and the embedding wider: more capacity, more time a step; the paper has 300.",
      32,
      2,
      300,
      false,
    ),
    nodes: integer(
      "Nodes",
      "Adds computed nodes to the cell, and with them edges to choose on; the paper has 8.",
      4,
      1,
      8,
      false,
    ),
  },
  accepts: (signature) => signature.kind === "sequence",
  supernet(signature, size) {
    const group = cellOf(size);
    const network = networkOf(signature, size, true);
    return sequenceNet(group, network, (alpha) => relaxEdges([group], alpha));
  },
  derived(signature, size, genotype) {
    const group = cellOf(size);
    const ops = keptOps([group], genotype);
    const chosen = ops[name] as KeptOps;
    checkNodes(group, chosen);
    const active = {
      [name]: group.edges.map((_, e) => [chosen.get(e)].filter((op) => op !== undefined)),
    };
    const network = networkOf(signature, size, false);
    const net = sequenceNet(group, network, (alpha) => ({ ...relaxEdges([group], alpha), active }));
    return { ...net, initAlpha: () => certainAlpha([group], ops) };
  },
};

const cellOf = ({ nodes }: Size): AlphaGroup => denseCell(name, 1, nodes, recurrentOps);

function networkOf(signature: TaskSignature, size: Size, norm: boolean): RecurrentNetwork {
  if (signature.kind !== "sequence")
    throw new SpecError(`recurrent needs a task of sequences; this one is "${signature.kind}"`);
  return recurrentNetwork(name, { ...signature, ...size, norm });
}

/** Throws `SpecError` unless every node reads one state before it through an activation, as the paper evaluates. */
function checkNodes({ edges, nodes, ops }: AlphaGroup, chosen: KeptOps): void {
  for (let node = 1; node < nodes; node++) {
    const into = [...chosen].filter(([edge]) => edges[edge]?.to === node);
    if (into.length !== kept || ops[into[0]?.[1] ?? 0] === "none")
      throw new SpecError(
        `the genotype's node ${node} has ${into.length} predecessors, or none as its operation; each of the nodes 1 … ${nodes - 1} needs one, through an activation`,
      );
  }
}

const sequenceNet = (
  group: AlphaGroup,
  network: RecurrentNetwork,
  relax: Supernet["relax"],
): Supernet => ({
  groups: [group],
  recurrent: network,
  initWeights: (rng) => ({ weights: tensor1d(initialWeights(network, rng)) }),
  initAlpha: (rng) => initAlpha([group], rng),
  relax,
  forward: (weights, mixture, x) =>
    forwardRecurrent(network, weights["weights"] as Tensor1D, mixture, x as Tensor2D),
  generate: (weights, mixture, continuation) =>
    generate(network, {
      ...continuation,
      weights: weights["weights"] as Float32Array,
      mixture: mixture[name] as Float32Array,
    }),
  derive(alpha): Genotype {
    const chosen = { [name]: deriveStrongest(group, alpha[name] as Float32Array, kept) };
    return { space: "recurrent", groups: chosen, text: dartsText([group], chosen) };
  },
});

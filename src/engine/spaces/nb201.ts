/**
 * @file The cell of NAS-Bench-201 (Dong & Yang, arXiv:2001.00326, and its official code) in its macro network, and the
 * same network over fewer candidates. One cell is searched and stands everywhere; a node is the sum of its edges.
 */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { integer } from "../core/hyper.ts";
import { SpecError } from "../errors.ts";
import { NetworkBuilder } from "../network/builder.ts";
import type { Network, Value } from "../network/network.ts";
import { opsNamed } from "../ops/index.ts";
import type { CandidateOp } from "../ops/op.ts";
import { plainAvgPool } from "../ops/pool.ts";
import type { SearchSpace, TaskSignature } from "../problem.ts";
import { type Cell, cellNet, derivedNet, writeNode } from "./cell-net.ts";
import { denseCell } from "./dag.ts";
import { deriveArgmax } from "./derive.ts";
import { type KeptOps, keptOps } from "./kept.ts";
import { residualBlock } from "./residual-block.ts";

type Size = {
  readonly stages: number;
  readonly cells: number;
  readonly channels: number;
  readonly nodes: number;
};
type Images = Extract<TaskSignature, { kind: "image" }>;
/** What tells one of these spaces from another. */
type Words = Pick<SearchSpace, "id" | "label" | "summary" | "reference">;

const channels = integer(
  "Channels C",
  "Makes every layer wider: more capacity, more time a step. Channels double from stage to stage; the paper has 16.",
  4,
  2,
  36,
  false,
);
const stages = integer(
  "Stages",
  "Runs of cells between which a residual block halves the image; the paper has 3.",
  3,
  1,
  3,
  false,
);
const cells = integer(
  "Cells per stage N",
  "Repeats the one cell more often: a deeper, slower network with the same cell to find. The paper has 5.",
  1,
  1,
  6,
  false,
);

const sumCells = (
  words: Words,
  candidates: readonly CandidateOp[],
  nodes: SearchSpace<Size>["hyper"]["nodes"],
): SearchSpace<Size> => {
  const cellOf = (size: Size): AlphaGroup =>
    denseCell(
      "cell",
      1,
      size.nodes - 1,
      candidates.map(({ id }) => id),
    );
  const write = (signature: TaskSignature, size: Size, group: AlphaGroup, kept?: KeptOps) => {
    if (signature.kind !== "image")
      throw new SpecError(`${words.id} needs an image task; this one is "${signature.kind}"`);
    return writeNetwork(signature, size, { group, candidates, kept });
  };
  return {
    ...words,
    hyper: { stages, cells, channels, nodes },
    accepts: (signature) => signature.kind === "image",
    supernet(signature, size) {
      const group = cellOf(size);
      return cellNet([group], write(signature, size, group), deriveArgmax(words.id, group));
    },
    derived(signature, size, genotype) {
      const group = cellOf(size);
      const kept = keptOps([group], genotype);
      checkPath(group, kept["cell"] as KeptOps);
      const network = write(signature, size, group, kept["cell"]);
      return derivedNet([group], network, { space: words.id, groups: genotype }, kept);
    },
  };
};

/** Five candidates on six edges: 15,625 cells. */
export const nb201 = sumCells(
  {
    id: "nb201",
    label: "NAS-Bench-201 cell",
    summary:
      "One small cell whose nodes add up what they read, repeated through an image classifier; the search picks an operation, or none, for each of its edges.",
    reference:
      "Dong & Yang, ICLR 2020, arXiv:2001.00326, and its official code; a residual block's shortcut averages 3×3 instead of 2×2 pixels",
  },
  [...opsNamed(["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"]), plainAvgPool],
  integer("Nodes", "Nodes of the cell, its input included; the paper has 4.", 4, 3, 4, false),
);

/** Skip or convolution: what a search that favours skips does here can be read off one cell. */
export const collapse = sumCells(
  {
    id: "collapse",
    label: "Skip or convolution",
    summary:
      "A laboratory for skip collapse: every edge of one cell is nothing, a skip or a 3×3 convolution, and a search that goes wrong fills the cell with skips.",
    reference:
      "the cell of NAS-Bench-201 with candidates like those of space S3 of Zela et al., ICLR 2020",
  },
  opsNamed(["none", "skip_connect", "nor_conv_3x3"]),
  integer("Nodes", "Nodes of the cell, its input included.", 4, 3, 4, false),
);

/** Throws `SpecError` unless something of the cell's input reaches its last node. */
function checkPath({ edges, nodes, ops }: AlphaGroup, kept: KeptOps): void {
  const reached = new Set([0]);
  edges.forEach(({ from, to }, edge) => {
    const op = kept.get(edge);
    if (op !== undefined && ops[op] !== "none" && reached.has(from)) reached.add(to);
  });
  if (!reached.has(nodes - 1))
    throw new SpecError(
      `the genotype's cell lets nothing through: no path from node 0 to node ${nodes - 1}`,
    );
}

/** Stem, then `stages` runs of `cells` cells with a residual block between runs, norm, ReLU, average, classifier. */
function writeNetwork(
  { input: [height, width, colours], classes }: Images,
  { stages, cells, channels }: Size,
  parts: Pick<Cell, "group" | "candidates" | "kept">,
): Network {
  const builder = new NetworkBuilder(parts.kept ? "training" : "search");
  const image = builder.input([colours, height, width]);
  const stem = builder.conv(image, "stem", channels, 3, 1);
  let x = builder.affineNorm(stem, "stem.bn.gamma", "stem.bn.beta");
  let index = 0;
  for (let stage = 0; stage < stages; stage++) {
    const width = channels * 2 ** stage;
    if (stage > 0) x = residualBlock(builder, x, width, `cells.${index++}`);
    for (let i = 0; i < cells; i++)
      x = writeCell(builder, x, { ...parts, channels: width, name: `cells.${index++}` });
  }
  const last = builder.relu(builder.affineNorm(x, "last.bn.gamma", "last.bn.beta"));
  return builder.finish(builder.linear(builder.average(last), "fc_w", "fc_b", classes));
}

/** The last of its nodes. */
function writeCell(builder: NetworkBuilder, x: Value, cell: Cell): Value {
  const states = [x];
  for (let node = 1; node < cell.group.nodes; node++)
    states.push(writeNode(builder, cell, node, states, builder.shape(x)));
  return states.at(-1) as Value;
}

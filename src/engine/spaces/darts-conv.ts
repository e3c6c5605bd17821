/** @file The convolutional search space of DARTS (arXiv:1806.09055, §3.1 and its official code). */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { integer } from "../core/hyper.ts";
import { SpecError } from "../errors.ts";
import { NetworkBuilder } from "../network/builder.ts";
import type { Network, Value } from "../network/network.ts";
import { factorizedReduce } from "../ops/factorized-reduce.ts";
import { opsNamed } from "../ops/index.ts";
import { reluConvBn } from "../ops/relu-conv-bn.ts";
import type { SearchSpace, Supernet } from "../problem.ts";
import { type Cell, cellNet, derivedNet, writeNode } from "./cell-net.ts";
import { denseCell } from "./dag.ts";
import { dartsText, deriveStrongest } from "./derive.ts";
import { type KeptOps, keptOps } from "./kept.ts";

/** PRIMITIVES of the official code: the columns of α. */
const candidates = opsNamed([
  "none",
  "max_pool_3x3",
  "avg_pool_3x3",
  "skip_connect",
  "sep_conv_3x3",
  "sep_conv_5x5",
  "dil_conv_3x3",
  "dil_conv_5x5",
]);
/** The outputs of the two cells before. */
const inputs = 2;
/** Predecessors that a derived node keeps. */
const predecessors = 2;

type Size = {
  readonly cells: number;
  readonly channels: number;
  readonly nodes: number;
};
interface Images {
  readonly input: readonly [height: number, width: number, channels: number];
  readonly classes: number;
}

/** Normal and reduction cells over eight candidates; its hyper-parameters size the supernet. */
export const dartsConv: SearchSpace<Size> = {
  id: "darts-conv",
  label: "DARTS convolutional cells",
  summary:
    "Two small cells, one that keeps the image's size and one that halves it, are stacked into an image classifier; the search picks the operation on each of their edges.",
  reference: "DARTS, arXiv:1806.09055, §3.1 and its official code",
  hyper: {
    cells: integer(
      "Cells",
      "Stacks more cells: a deeper, slower supernet with the same two cells to find.",
      3,
      1,
      20,
      false,
    ),
    channels: integer(
      "Channels C",
      "Makes every layer wider: more capacity, more time a step. Channels double at each reduction.",
      4,
      2,
      36,
      false,
    ),
    nodes: integer(
      "Nodes per cell",
      "Adds computed nodes to both cells, and with them edges to choose on; the paper has 4.",
      2,
      1,
      4,
      false,
    ),
  },
  accepts: (signature) => signature.kind === "image",
  supernet(signature, size) {
    if (signature.kind !== "image") throw notImages(signature.kind);
    checkSides(signature, size);
    const groups = cellsOf(size);
    return cellNet(groups, writeNetwork(signature, size, groups), derive(groups));
  },
  derived(signature, size, genotype) {
    if (signature.kind !== "image") throw notImages(signature.kind);
    checkSides(signature, size);
    const groups = cellsOf(size);
    const kept = keptOps(groups, genotype);
    for (const group of groups) checkNodes(group, kept[group.name] as KeptOps);
    const network = writeNetwork(signature, size, groups, kept);
    return derivedNet(groups, network, { space: "darts-conv", groups: genotype }, kept);
  },
};

const cellsOf = ({ nodes }: Size): readonly [normal: AlphaGroup, reduce: AlphaGroup] => {
  const ids = candidates.map(({ id }) => id);
  return [denseCell("normal", inputs, nodes, ids), denseCell("reduce", inputs, nodes, ids)];
};
const notImages = (kind: string): SpecError =>
  new SpecError(`darts-conv needs an image task; this one is "${kind}"`);

const derive =
  (groups: readonly AlphaGroup[]): Supernet["derive"] =>
  (alpha) => {
    const chosen = Object.fromEntries(
      groups.map((group) => [
        group.name,
        deriveStrongest(group, alpha[group.name] as Float32Array, predecessors),
      ]),
    );
    return { space: "darts-conv", groups: chosen, text: dartsText(groups, chosen) };
  };

/** Throws `SpecError` if a node of the cell reads nothing, or `none`. */
function checkNodes({ name, nodes, edges, ops }: AlphaGroup, kept: KeptOps): void {
  const read = new Set([...kept.keys()].map((edge) => edges[edge]?.to));
  for (let node = inputs; node < nodes; node++)
    if (!read.has(node))
      throw new SpecError(
        `the genotype's ${name} keeps no edge into node ${node}; cells have ${nodes - inputs} nodes here, and fewer may fit`,
      );
  if ([...kept.values()].includes(ops.indexOf("none")))
    throw new SpecError(`the genotype's ${name} keeps "none"; darts-conv never does`);
}

/** Reduction cells stand at a third and two thirds of the depth; one cell has one, two cells have two. */
const isReduction = (cell: number, cells: number): boolean =>
  cell === Math.floor(cells / 3) || cell === Math.floor((2 * cells) / 3);

/** Throws `SpecError` unless every reduction halves both sides evenly. */
function checkSides({ input: [height, width] }: Images, { cells }: Size): void {
  const reductions = Array.from({ length: cells }, (_, i) => isReduction(i, cells)).filter(Boolean);
  const divisor = 2 ** reductions.length;
  if (height % divisor || width % divisor)
    throw new SpecError(
      `images of ${height}×${width} do not fit darts-conv with cells = ${cells}: ` +
        `${reductions.length} reductions need sides divisible by ${divisor}`,
    );
}

function writeNetwork(
  { input: [height, width, colours], classes }: Images,
  { cells, channels }: Size,
  [normal, reduce]: readonly [normal: AlphaGroup, reduce: AlphaGroup],
  kept?: Readonly<Record<string, KeptOps>>,
): Network {
  const builder = new NetworkBuilder(kept ? "training" : "search");
  const image = builder.input([colours, height, width]);
  const stem = builder.affineNorm(
    builder.conv(image, "stem", 3 * channels, 3, 1),
    "stem_gamma",
    "stem_beta",
  );
  let [s0, s1, cellChannels, afterReduction] = [stem, stem, channels, false];
  for (let i = 0; i < cells; i++) {
    const reduces = isReduction(i, cells);
    if (reduces) cellChannels *= 2;
    const name = `cells.${i}`;
    const preprocess0 = afterReduction ? factorizedReduce : reluConvBn;
    const states = [
      preprocess0(builder, s0, cellChannels, `${name}.pre0`),
      reluConvBn(builder, s1, cellChannels, `${name}.pre1`),
    ];
    const group = reduces ? reduce : normal;
    const cell = { group, candidates, kept: kept?.[group.name], channels: cellChannels, name };
    [s0, s1, afterReduction] = [s1, writeCell(builder, states, cell, reduces ? 2 : 1), reduces];
  }
  return builder.finish(builder.linear(builder.average(s1), "fc_w", "fc_b", classes));
}

/** The concat of the computed nodes. Edges out of the inputs have stride `scale`: 2 in a reduction cell. */
function writeCell(
  builder: NetworkBuilder,
  cellInputs: readonly Value[],
  cell: Cell,
  scale: 1 | 2,
): Value {
  const states = [...cellInputs];
  const [, height, width] = builder.shape(states[0] as Value) as [number, number, number];
  const shape = [cell.channels, height / scale, width / scale];
  for (let node = inputs; node < cell.group.nodes; node++)
    states.push(
      writeNode(builder, cell, node, states, shape, (from) => (from < inputs ? scale : 1)),
    );
  return builder.concat(states.slice(inputs));
}

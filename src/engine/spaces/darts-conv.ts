/** @file The convolutional search space of DARTS (arXiv:1806.09055, §3.1 and its official code). */
import { type Tensor1D, type Tensor4D, tensor1d } from "@tensorflow/tfjs-core";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { integer } from "../core/hyper.ts";
import { SpecError } from "../errors.ts";
import { NetworkBuilder } from "../network/builder.ts";
import { initialWeights } from "../network/init.ts";
import type { Network, Value } from "../network/network.ts";
import { factorizedReduce } from "../ops/factorized-reduce.ts";
import { opsNamed } from "../ops/index.ts";
import { reluConvBn } from "../ops/relu-conv-bn.ts";
import type { SearchSpace } from "../problem.ts";
import { forward } from "../reference/forward.ts";
import { denseCell, initAlpha, relaxEdges } from "./dag.ts";
import { dartsText, deriveStrongest } from "./derive.ts";

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
const kept = 2;

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
    if (signature.kind !== "image")
      throw new SpecError(`darts-conv needs an image task; this one is "${signature.kind}"`);
    checkSides(signature, size);
    const ids = candidates.map(({ id }) => id);
    const [normal, reduce] = [
      denseCell("normal", inputs, size.nodes, ids),
      denseCell("reduce", inputs, size.nodes, ids),
    ];
    const groups = [normal, reduce];
    const network = writeNetwork(signature, size, normal, reduce);
    return {
      groups,
      network,
      initWeights: (rng) => ({ weights: tensor1d(initialWeights(network, rng)) }),
      initAlpha: (rng) => initAlpha(groups, rng),
      relax: (alpha) => relaxEdges(groups, alpha),
      forward: (weights, mixture, x) =>
        forward(network, weights["weights"] as Tensor1D, mixture, x as Tensor4D),
      derive(alpha) {
        const chosen = Object.fromEntries(
          groups.map((group) => [
            group.name,
            deriveStrongest(group, alpha[group.name] as Float32Array, kept),
          ]),
        );
        return { space: "darts-conv", groups: chosen, text: dartsText(groups, chosen) };
      },
    };
  },
};

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
  normal: AlphaGroup,
  reduce: AlphaGroup,
): Network {
  const builder = new NetworkBuilder();
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
    const output = writeCell(builder, states, reduces ? reduce : normal, cellChannels, name);
    [s0, s1, afterReduction] = [s1, output, reduces];
  }
  return builder.finish(builder.linear(builder.average(s1), "fc_w", "fc_b", classes));
}

/** The concat of the computed nodes. In a reduction cell, edges out of the inputs have stride 2. */
function writeCell(
  builder: NetworkBuilder,
  cellInputs: readonly Value[],
  group: AlphaGroup,
  channels: number,
  name: string,
): Value {
  const states = [...cellInputs];
  const [, height, width] = builder.shape(states[0] as Value) as [number, number, number];
  const scale = group.name === "reduce" ? 2 : 1;
  for (let node = inputs; node < group.nodes; node++) {
    const terms = group.edges.flatMap(({ from, to }, edge) =>
      to !== node
        ? []
        : candidates.map(({ write }, op) => {
            const value = write(builder, states[from] as Value, {
              channels,
              stride: from < inputs ? scale : 1,
              name: `${name}.edges.${edge}.${op}`,
            });
            return { group: group.name, edge, op, ...(value === undefined ? {} : { value }) };
          }),
    );
    states.push(builder.mix(terms, [channels, height / scale, width / scale]));
  }
  return builder.concat(states.slice(inputs));
}

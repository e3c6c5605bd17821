/** @file The residual network whose layers' widths are searched: once with scored channels, once at given widths. */
import { channelOp } from "../../genotype/widths.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { NetworkBuilder, type Purpose } from "../network/builder.ts";
import type { Network, Value } from "../network/network.ts";
import type { TaskSignature } from "../problem.ts";

export type WidthSize = {
  readonly stages: number;
  readonly blocks: number;
  readonly channels: number;
};
export type Images = Extract<TaskSignature, { kind: "image" }>;

/** A weight and the layers whose channels its axes run over: (out, in, …). */
export interface Wire {
  readonly weight: string;
  readonly out?: number;
  readonly in?: number;
}
/** A norm's scale and the layer whose scores it takes over. */
export interface Scale {
  readonly gamma: string;
  readonly layer: number;
}
export interface WidthNetwork {
  readonly network: Network;
  readonly wires: readonly Wire[];
  readonly scales: readonly Scale[];
}

/**
 * One group a layer, in the order of a size string: for every stage its stream, then the inside of each of its blocks.
 * All that is added up in a stage has the stream's scores, so that a pruned channel is gone from every term of the sum.
 */
export function widthGroups({ stages, blocks, channels }: WidthSize): readonly AlphaGroup[] {
  const layer = (name: string, width: number): AlphaGroup => ({
    name,
    kind: "gate",
    nodes: width + 1,
    inputs: 1,
    edges: Array.from({ length: width }, (_, c) => ({ from: 0, to: c + 1 })),
    ops: [channelOp],
  });
  return Array.from({ length: stages }, (_, s) => s).flatMap((s) => [
    layer(`stage${s + 1}`, channels * 2 ** s),
    ...Array.from({ length: blocks }, (_, b) =>
      layer(`stage${s + 1}.block${b + 1}`, channels * 2 ** s),
    ),
  ]);
}

/**
 * Stem; stages of blocks x + b(a(x)), each half ReLU, 3×3 convolution and norm, the stem without its ReLU; between
 * stages one such half at stride 2; ReLU, average, classifier. For "search" norms are scaled by their layer's scores.
 */
export function writeWidths(
  { input: [height, width, colours], classes }: Images,
  { stages, blocks }: Pick<WidthSize, "stages" | "blocks">,
  { groups, widths }: { groups: readonly AlphaGroup[]; widths: readonly number[] },
  purpose: Purpose,
): WidthNetwork {
  const builder = new NetworkBuilder(purpose);
  const wires: Wire[] = [];
  const scales: Scale[] = [];
  /** Convolution from one layer's channels to another's, and the norm with the latter's scores. */
  const half = (
    x: Value,
    name: string,
    from: number | undefined,
    to: number,
    stride: 1 | 2,
  ): Value => {
    const weight = `${name}.w`;
    wires.push({ weight, out: to, ...(from !== undefined && { in: from }) });
    const y = builder.conv(x, weight, widths[to] as number, 3, stride);
    if (purpose === "search") return builder.gatedNorm(y, (groups[to] as AlphaGroup).name);
    scales.push({ gamma: `${name}.bn.gamma`, layer: to });
    return builder.norm(y, `${name}.bn`);
  };
  let x = half(builder.input([colours, height, width]), "stem", undefined, 0, 1);
  for (let stage = 0; stage < stages; stage++) {
    const stream = stage * (blocks + 1);
    const name = `stages.${stage}`;
    if (stage > 0) x = half(builder.relu(x), `${name}.down`, stream - blocks - 1, stream, 2);
    for (let block = 0; block < blocks; block++) {
      const inside = stream + 1 + block;
      const h = half(builder.relu(x), `${name}.blocks.${block}.a`, stream, inside, 1);
      const y = half(builder.relu(h), `${name}.blocks.${block}.b`, inside, stream, 1);
      x = builder.sum([x, y]);
    }
  }
  const last = (stages - 1) * (blocks + 1);
  wires.push({ weight: "fc_w", in: last });
  const logits = builder.linear(builder.average(builder.relu(x)), "fc_w", "fc_b", classes);
  return { network: builder.finish(logits), wires, scales };
}

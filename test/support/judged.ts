/** @file A genotype's network judged on one batch by whatever computes it, as plain numbers: for comparing executors. */
import { dispose, stack, type Tensor, tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { lossAlone } from "../../scripts/parity/subject.ts";
import { createRng } from "../../src/engine/core/rng.ts";
import type { Batch, Bind, Moments, Supernet } from "../../src/engine/problem.ts";
import { dartsConv } from "../../src/engine/spaces/darts-conv.ts";
import { parseGenotype } from "../../src/genotype/formats.ts";

export interface Judged {
  /** Loss and right answers with the batch's own moments, then with those of another batch. */
  readonly own: readonly number[];
  readonly given: readonly number[];
  /** What the norms found in that other batch. */
  readonly moments: readonly number[];
  /** Tensors that it left behind. */
  readonly left: number;
}

const [batch, side, classes] = [6, 8, 4];
const text =
  "Genotype(normal=[('sep_conv_3x3', 0), ('max_pool_3x3', 1), ('dil_conv_5x5', 2), ('skip_connect', 0)], " +
  "normal_concat=[2, 3], reduce=[('avg_pool_3x3', 0), ('skip_connect', 1), ('sep_conv_5x5', 2), ('max_pool_3x3', 1)], " +
  "reduce_concat=[2, 3])";

/** `count` tells how many tensors there are. */
export async function judged(bind: Bind, count: () => number): Promise<Judged> {
  const net = dartsConv.derived?.(
    { kind: "image", input: [side, side, 3], classes },
    { channels: 4, cells: 3, nodes: 2 },
    parseGenotype(text).groups,
  ) as Supernet;
  const rng = createRng(8);
  const problem = await bind(net, lossAlone, batch);
  const batchOf = (name: string): Batch => ({
    split: "val",
    x: tensor4d(rng.fork(name).normal(batch * side * side * 3), [batch, side, side, 3]),
    y: tensor1d(
      Array.from({ length: batch }, (_, i) => i % classes),
      "int32",
    ),
  });
  const weights = tidy(() => problem.initWeights(rng));
  const [one, other] = [batchOf("one"), batchOf("other")];
  const before = count();
  const at = { weights: {} };
  const score = async (moments?: Moments): Promise<readonly number[]> => {
    const numbers = tidy(() => {
      const found = problem.score?.(weights, at, one, moments);
      return stack([found?.loss as Tensor, found?.correct as Tensor]);
    });
    const [loss, correct] = await numbers.data();
    numbers.dispose();
    return [loss as number, correct as number];
  };
  const own = await score();
  const moments = tidy(() => problem.measure?.(weights, at, other) as Moments);
  const given = await score(moments);
  const table = Array.from(await moments.data());
  moments.dispose();
  const left = count() - before;
  dispose([one.x, one.y, other.x, other.y, ...Object.values(weights)]);
  problem.dispose();
  return { own, given, moments: table, left };
}

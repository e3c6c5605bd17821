/** @file Loss and accuracy of mixtures on the same batches, with the weights of the run: every norm takes the batch's own moments. */
import { dispose, type Scalar, scalar, stack, tidy } from "@tensorflow/tfjs-core";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import { type Path, pathMixture } from "../methods/paths.ts";
import type { Batch, Mixture } from "../problem.ts";
import type { ProbeContext } from "./probe.ts";

/** Means over the batches. */
export interface Verdict {
  readonly loss: number;
  /** Share of right answers; absent where the executor cannot tell. */
  readonly accuracy?: number;
}

/** One forward pass a batch. */
export async function judge(
  { problem, weights, batches }: Pick<ProbeContext, "problem" | "weights" | "batches">,
  mixture: () => Mixture,
): Promise<Verdict> {
  const at = (m: Mixture, batch: Batch): readonly [Scalar, Scalar] => {
    const score = problem.score?.(weights, m, batch);
    if (score) return [score.loss, score.correct];
    return [problem.lossAndGrad(weights, m, batch, "none").loss, scalar(Number.NaN)];
  };
  const numbers = tidy(() => {
    const m = mixture();
    return stack(batches.flatMap((batch) => [...at(m, batch)]));
  });
  const values = Float32Array.from((await numbers.data()) as Float32Array);
  dispose(numbers);
  const sum = (parity: number) =>
    values.reduce((total, value, i) => (i % 2 === parity ? total + value : total), 0);
  const examples = batches.reduce((total, { y }) => total + y.size, 0);
  return {
    loss: sum(0) / batches.length,
    ...(Number.isNaN(sum(1)) ? {} : { accuracy: sum(1) / examples }),
  };
}

/** A genotype inside its supernet: what it keeps has weight 1, the rest is not computed. */
export const genotypeMixture = (
  groups: readonly AlphaGroup[],
  genotype: Pick<Genotype, "groups">,
): Mixture => pathMixture(groups, pathOf(groups, genotype));

/** Per group and edge, the candidate that a genotype keeps; undefined for an edge that it drops. */
export const pathOf = (groups: readonly AlphaGroup[], genotype: Pick<Genotype, "groups">): Path =>
  Object.fromEntries(
    groups.map(({ name, edges, ops }) => [
      name,
      edges.map(({ from, to }) => {
        const kept = genotype.groups[name]?.find((edge) => edge.from === from && edge.to === to);
        return kept && ops.indexOf(kept.op);
      }),
    ]),
  );

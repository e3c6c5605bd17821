/** @file A linear "network" over a cell's candidates that records what it was asked to evaluate. */
import {
  add,
  matMul,
  mul,
  reshape,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from "@tensorflow/tfjs-core";
import { createRng } from "../../src/engine/core/rng.ts";
import type { Problem, Split } from "../../src/engine/problem.ts";
import { denseCell, initAlpha, relaxEdges } from "../../src/engine/spaces/dag.ts";

/** One question that a method asked. */
export interface Asked {
  readonly split: Split;
  readonly wrt: string;
  /** Per group, (edges, ops) row by row. */
  readonly mixture: Readonly<Record<string, readonly number[]>>;
  /** Absent if all candidates run. */
  readonly active: Readonly<Record<string, readonly (readonly number[])[]>> | undefined;
}

export const opNames = ["none", "skip_connect", "nor_conv_3x3", "avg_pool_3x3"];
const width = 6;

/**
 * Two groups of `nodes` computed nodes over `opNames`; L = ½‖w ∘ Σ m·f − t‖², with a fixed feature f (6) a candidate,
 * zero for `none`, and a target t of its own for each half. Inactive candidates add nothing and get no gradient.
 */
export function choiceProblem(nodes = 4): { problem: Problem; asked: Asked[] } {
  const groups = ["normal", "reduce"].map((name) => denseCell(name, 2, nodes, opNames));
  const rng = createRng(5);
  const features = groups.map(({ name, edges }) =>
    edges.flatMap((_, e) =>
      opNames.map((op, o) => [
        ...(op === "none" ? new Float32Array(width) : rng.fork(name).fork(e).fork(o).normal(width)),
      ]),
    ),
  );
  const asked: Asked[] = [];
  const problem: Problem = {
    groups,
    initWeights: (rng) => ({ w: tensor1d(rng.normal(width)) }),
    initAlpha: (rng) => initAlpha(groups, rng),
    relax: (alpha) => relaxEdges(groups, alpha),
    lossAndGrad(weights, { weights: mixture, active }, { split }, wrt) {
      asked.push({
        split,
        wrt,
        mixture: Object.fromEntries(
          Object.entries(mixture).map(([name, m]) => [name, [...m.dataSync()]]),
        ),
        active,
      });
      const w = weights["w"] as Tensor1D;
      const on = groups.map(({ name, edges }) =>
        tensor1d(
          edges.flatMap((_, e) =>
            opNames.map((_, o) => ((active?.[name]?.[e]?.includes(o) ?? true) ? 1 : 0)),
          ),
        ),
      );
      const parts = groups.map(({ name }, g) => {
        const m = mul(reshape(mixture[name] as Tensor, [-1]), on[g] as Tensor);
        return reshape(
          matMul(reshape(m, [1, -1]) as Tensor2D, tensor2d(features[g] as number[][])),
          [width],
        );
      });
      const total = parts.reduce((x, y) => add(x, y));
      const target = tensor1d(createRng(9).fork(split).normal(width));
      const residual = sub(mul(w, total), target);
      const along = reshape(mul(residual, w), [width, 1]) as Tensor2D;
      return {
        loss: mul(0.5, sum(square(residual))) as Scalar,
        weights: wrt === "mixture" || wrt === "none" ? undefined : { w: mul(residual, total) },
        mixture:
          wrt === "weights" || wrt === "none"
            ? undefined
            : Object.fromEntries(
                groups.map(({ name, edges }, g) => {
                  const slopes = reshape(matMul(tensor2d(features[g] as number[][]), along), [-1]);
                  return [
                    name,
                    reshape(mul(slopes, on[g] as Tensor), [edges.length, opNames.length]),
                  ];
                }),
              ),
      } as never;
    },
  };
  return { problem, asked };
}

/** The rows of a matrix that is stored row by row. */
export const rowsOf = (values: readonly number[], length = opNames.length): readonly number[][] =>
  Array.from({ length: values.length / length }, (_, r) => [
    ...values.slice(r * length, (r + 1) * length),
  ]);
/** softmax(x). */
export function shares(x: readonly number[]): readonly number[] {
  const powers = x.map((v) => Math.exp(v - Math.max(...x)));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / total);
}

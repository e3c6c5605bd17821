/** @file Cells as graphs: every node reads all before it, and every edge is a mixed op over the same candidates. */
import { type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { softmaxRows, softmaxRowsBack } from "../core/elementwise.ts";
import type { Params } from "../core/params.ts";
import type { Rng } from "../core/rng.ts";
import type { Mixture, MixtureWeights } from "../problem.ts";

/**
 * One cell of `inputs` input nodes and `computed` nodes that each read all before them. Edges are ordered by the
 * node they enter, then by the one they leave, as in the official DARTS code.
 */
export function denseCell(
  name: string,
  inputs: number,
  computed: number,
  ops: readonly string[],
): AlphaGroup {
  const edges = Array.from({ length: computed }, (_, i) => inputs + i).flatMap((to) =>
    Array.from({ length: to }, (_, from) => ({ from, to })),
  );
  return { name, kind: "choice", nodes: inputs + computed, inputs, edges, ops };
}

/** α = 1e-3 · N(0, 1), (edges, ops) a group: the official code's start (the paper says zeros). */
export const initAlpha = (groups: readonly AlphaGroup[], rng: Rng): Params =>
  Object.fromEntries(
    groups.map(({ name, edges, ops }) => {
      const noise = rng.fork(name).normal(edges.length * ops.length);
      return [
        name,
        tensor2d(
          noise.map((v) => 1e-3 * v),
          [edges.length, ops.length],
        ),
      ];
    }),
  );

/** Eq. 2 of DARTS: each edge's candidates share a softmax. */
export const relaxEdges = (groups: readonly AlphaGroup[], alpha: Params): Mixture => ({
  weights: Object.fromEntries(
    groups.map(({ name }) => [name, softmaxRows(alpha[name] as Tensor2D)]),
  ),
});
/** The way back from `relaxEdges`; groups without a gradient have none by α. */
export const pullBackEdges = (alpha: Params, gradient: MixtureWeights): Params =>
  Object.fromEntries(
    Object.entries(gradient).map(([name, dp]) => [
      name,
      softmaxRowsBack(softmaxRows(alpha[name] as Tensor2D), dp),
    ]),
  );

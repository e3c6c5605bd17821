/** @file Paths: at most one candidate on every edge, chosen on plain numbers, so that nothing else is computed. */
import { type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { dartsRule, deriveEdges } from "../../genotype/derive.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import type { Rng } from "../core/rng.ts";
import { argmaxRows, maskedAlpha } from "../core/values.ts";
import type { AlphaValues, Mixture, Problem } from "../problem.ts";

/** Per group and edge, the candidate that runs; undefined where the edge is cut. */
export type Path = Readonly<Record<string, readonly (number | undefined)[]>>;
type Groups = readonly AlphaGroup[];

/**
 * What `alpha` would be derived to: for every node the `kept` strongest edges, each with its best candidate but `none`.
 * With kept = 0 every edge has its best candidate, `none` included. `alpha` is (edges, ops) row by row, per group.
 */
export const strongestPath = (groups: Groups, alpha: AlphaValues, kept: number): Path =>
  byGroup(groups, (group) => {
    const values = alpha[group.name] as Float32Array;
    if (kept === 0) return argmaxRows(values, group.ops.length);
    const chosen = deriveEdges(group, values, dartsRule(kept));
    return group.edges.map((_, e) => chosen.find(({ edge }) => edge === e)?.op);
  });

/** Every path of `strongestPath`'s kind without a masked candidate is equally likely. */
export const randomPath = (
  { groups, isMasked }: Pick<Problem, "groups" | "isMasked">,
  rng: Rng,
  kept: number,
): Path => {
  const scores = normalScores(groups, rng);
  const allowed = byGroup(groups, ({ name, ops }) =>
    (scores[name] as Float32Array).map((score, i) =>
      isMasked?.({ group: name, edge: Math.floor(i / ops.length), op: i % ops.length })
        ? maskedAlpha
        : score,
    ),
  );
  return strongestPath(groups, allowed, kept);
};

/** α ~ N(0, 1), independent in every entry: the strongest path under it is a uniform draw. */
export const normalScores = (groups: Groups, rng: Rng): AlphaValues =>
  byGroup(groups, ({ name, edges, ops }) => rng.fork(name).normal(edges.length * ops.length));

/** α + scale·G with Gumbel noise G: for scale 1 a row's largest entry is a draw from its softmax (Gumbel-max). */
export const withGumbel = (
  groups: Groups,
  alpha: AlphaValues,
  noise: AlphaValues,
  scale: number,
): AlphaValues =>
  byGroup(groups, ({ name }) =>
    (alpha[name] as Float32Array).map(
      (a, i) => a + scale * ((noise[name] as Float32Array)[i] ?? 0),
    ),
  );

/** G = −log(−log U), (edges, ops) row by row, per group. */
export const gumbel = (groups: Groups, rng: Rng): AlphaValues =>
  byGroup(groups, ({ name, edges, ops }) =>
    // U is a multiple of 2⁻³², and may be 0
    rng
      .fork(name)
      .uniform(edges.length * ops.length)
      .map((u) => -Math.log(-Math.log(Math.min(u + 2 ** -33, 1 - 2 ** -24)))),
  );

/** The path as one-hot rows, zero where an edge is cut, (edges, ops) per group. */
export const oneHotRows = (groups: Groups, path: Path): Record<string, Tensor2D> =>
  byGroup(groups, ({ name, edges, ops }) => {
    const rows = new Float32Array(edges.length * ops.length);
    path[name]?.forEach((op, e) => {
      if (op !== undefined) rows[e * ops.length + op] = 1;
    });
    return tensor2d(rows, [edges.length, ops.length]);
  });

/** Those rows as a mixture that evaluates the path alone. */
export const pathMixture = (
  groups: Groups,
  path: Path,
): Required<Pick<Mixture, "weights" | "active">> => ({
  weights: oneHotRows(groups, path),
  active: byGroup(groups, ({ name }) =>
    (path[name] ?? []).map((op) => (op === undefined ? [] : [op])),
  ),
});

const byGroup = <T>(groups: Groups, f: (group: AlphaGroup) => T): Record<string, T> =>
  Object.fromEntries(groups.map((group) => [group.name, f(group)]));

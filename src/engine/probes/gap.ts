/**
 * @file The discretisation gap: how much worse the network gets when the mixture is cut to its genotype, with the weights
 * that it has. In two steps, for the two causes:
 *
 *   mixture  all candidates, by their shares
 *   chosen   every edge one candidate: the kept edges theirs, the others their largest α, `none` included
 *   cut      the other edges dropped
 *
 * 0 in both steps once every kept edge is one-hot and every other is one-hot on `none`.
 */
import { argmaxRows } from "../core/values.ts";
import { pathMixture } from "../methods/paths.ts";
import { judge, pathOf } from "./judge.ts";
import { choosesOps, type Probe } from "./probe.ts";

export const gap: Probe = {
  id: "gap",
  label: "Discretisation gap",
  summary:
    "What stopping now would cost: the loss of the genotype cut out of the supernet, with inherited weights, less that of the mixture, on the same batches.",
  reference:
    "the quantisation error of EDAS (arXiv:1912.01237, abstract); norms take each batch's own moments on both sides",
  cost: "12 forward passes",
  batches: 4,
  accepts: choosesOps,
  async measure(context) {
    const { problem, alpha, alphaOnHost } = context;
    const { groups } = problem;
    const cutPath = pathOf(groups, context.derive(alphaOnHost));
    const chosenPath = Object.fromEntries(
      groups.map(({ name, ops }) => {
        const largest = argmaxRows(alphaOnHost[name] as Float32Array, ops.length);
        return [name, largest.map((op, edge) => cutPath[name]?.[edge] ?? op)];
      }),
    );
    const mixture = await judge(context, () => problem.relax(alpha));
    const chosen = await judge(context, () => pathMixture(groups, chosenPath));
    const cut = await judge(context, () => pathMixture(groups, cutPath));
    return {
      gap: cut.loss - mixture.loss,
      gapFromOperations: chosen.loss - mixture.loss,
      gapFromEdges: cut.loss - chosen.loss,
      mixtureLoss: mixture.loss,
      cutLoss: cut.loss,
      ...(mixture.accuracy === undefined || cut.accuracy === undefined
        ? {}
        : { mixtureAccuracy: mixture.accuracy, cutAccuracy: cut.accuracy }),
    };
  },
};

/**
 * @file What any method that learns channel scores can wear: a sparsity penalty on them as a proximal step, taken right
 * after α's optimiser (reconstructed: RARTS's abstract names no penalty), or with their filters after the whole step.
 *
 *   μ Σ |α_c|                  α ← sign(α) · max(|α| − ημ, 0)
 *   μ Σ_layers √n ‖α_layer‖    α ← α · max(1 − ημ√n / ‖α‖, 0)
 */
import {
  abs,
  div,
  maximum,
  mul,
  norm,
  relu,
  sign,
  sub,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { scoresChannels } from "../../genotype/widths.ts";
import type { AlphaGroup, Hyper, HyperSpec } from "../../protocol/spec.ts";
import { linear, toggle } from "../core/hyper.ts";
import type { Optimizer } from "../core/optim.ts";
import type { MethodState, SearchMethod } from "../problem.ts";
import { shrinkPairs } from "./group-sparse.ts";

type Sparsity = {
  readonly sparsity: number;
  readonly wholeLayers: number;
  readonly withFilters: number;
};

const fields: HyperSpec<Sparsity> = {
  sparsity: linear(
    "Sparsity μ",
    "Shrinks every channel's score by this times α's rate after each step, so that useless channels reach 0. Channel scores only.",
    0,
    0,
    10,
  ),
  wholeLayers: toggle(
    "Shrink layers as one",
    "On: the scores of a layer shrink by a common factor, and a weak layer goes as a whole. Off: each score by itself.",
    0,
  ),
  withFilters: toggle(
    "Shrink scores with their filters",
    "On: a channel's score and its filters shrink by a common factor, so that a channel whose filters are strong stays; in place of whole layers.",
    0,
  ),
};

/** sign(x) · max(|x| − by, 0), (channels, 1). */
export const softThreshold = (x: Tensor2D, by: number): Tensor2D =>
  mul(sign(x), relu(sub(abs(x), by)));
/** x · max(1 − by·√n / ‖x‖, 0), of n numbers; 0 stays 0. */
export const shrinkTogether = (x: Tensor2D, by: number): Tensor2D =>
  mul(x, relu(sub(1, div(by * Math.sqrt(x.size), maximum(norm(x), 1e-12)))));

/** The method with the penalty as hyper-parameters, off by default. */
export const sparse = <S extends MethodState, H extends Hyper>(
  method: SearchMethod<S, H>,
): SearchMethod<S, H & Sparsity> => ({
  ...method,
  hyper: { ...method.hyper, ...fields },
  step(problem, state, context) {
    const { sparsity, wholeLayers, withFilters } = context.hyper;
    if (sparsity === 0) return method.step(problem, state, context);
    const { alpha } = context.optimizers;
    if (withFilters && problem.filters) {
      // Pairs hold what both optimisers move, so they shrink once both have.
      const { state: next, report } = method.step(problem, state, context);
      return {
        state: { ...next, ...shrinkPairs(next, problem.filters, alpha.lr * sparsity) },
        report,
      };
    }
    const prox = wholeLayers ? shrinkTogether : softThreshold;
    const optimizers = {
      ...context.optimizers,
      alpha: shrinking(alpha, problem.groups, (x) => prox(x, alpha.lr * sparsity)),
    };
    return method.step(problem, state, { ...context, optimizers });
  },
});

const shrinking = (
  optimizer: Optimizer,
  groups: readonly AlphaGroup[],
  prox: (x: Tensor2D) => Tensor,
): Optimizer => ({
  ...optimizer,
  update(alpha, grads, state, options) {
    const { params, ...rest } = optimizer.update(alpha, grads, state, options);
    const shrunk = groups
      .filter((group) => scoresChannels(group) && grads[group.name])
      .map(({ name }) => [name, prox(params[name] as Tensor2D)] as const);
    return { ...rest, params: { ...params, ...Object.fromEntries(shrunk) } };
  },
});

/**
 * @file What any method with a softmax α can wear: terms added to α's gradient before its optimiser sees it.
 *
 *   β-DARTS — Ye et al., CVPR 2022:   L + λ_t · mean over edges of log Σ_k exp(α_k),   λ_t rises from 0 to λ
 *   entropy bonus:                    L − η · Σ over edges of H(softmax α)
 */
import {
  add,
  logSoftmax,
  mul,
  neg,
  softmax,
  sum,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import type { AlphaGroup, Hyper, HyperSpec } from "../../protocol/spec.ts";
import { linear } from "../core/hyper.ts";
import type { Optimizer } from "../core/optim.ts";
import type { Params } from "../core/params.ts";
import type { MethodState, SearchMethod } from "../problem.ts";

type Regularisers = { readonly betaDecay: number; readonly entropy: number };

const fields: HyperSpec<Regularisers> = {
  betaDecay: linear(
    "β-DARTS λ",
    "Pulls large α down, so that no candidate runs away early. Rises from 0 to this at the end of the run; its paper uses 50. Edges that choose only.",
    0,
    0,
    100,
  ),
  entropy: linear(
    "Entropy bonus",
    "Rewards undecided edges, so that the search explores longer. Edges that choose only.",
    0,
    0,
    1,
  ),
};

/** The method with both terms as hyper-parameters, off by default. Masked rows (EDAS) stay masked. */
export const regularised = <S extends MethodState, H extends Hyper>(
  method: SearchMethod<S, H>,
): SearchMethod<S, H & Regularisers> => ({
  ...method,
  hyper: { ...method.hyper, ...fields },
  step(problem, state, context) {
    const { betaDecay, entropy } = context.hyper;
    if (betaDecay === 0 && entropy === 0) return method.step(problem, state, context);
    const strengths = { beta: betaDecay * context.progress, entropy };
    const alpha = wearing(context.optimizers.alpha, problem.groups, strengths);
    return method.step(problem, state, {
      ...context,
      optimizers: { ...context.optimizers, alpha },
    });
  },
});

interface Strengths {
  readonly beta: number;
  readonly entropy: number;
}

const wearing = (
  optimizer: Optimizer,
  groups: readonly AlphaGroup[],
  strengths: Strengths,
): Optimizer => ({
  ...optimizer,
  update: (alpha, grads, state, options) =>
    optimizer.update(alpha, withPenalty(groups, alpha, grads, strengths), state, options),
});

function withPenalty(
  groups: readonly AlphaGroup[],
  alpha: Params,
  grads: Params,
  { beta, entropy }: Strengths,
): Params {
  const choices = groups.filter(({ kind }) => kind === "choice");
  const edges = choices.reduce((total, g) => total + g.edges.length, 0);
  const penalised = choices.flatMap(({ name }) => {
    const gradient = grads[name];
    if (!gradient) return [];
    const row = alpha[name] as Tensor2D;
    const terms = add(mul(softmax(row), beta / edges), mul(entropySlope(row), -entropy));
    return [[name, add(gradient, terms)] as const];
  });
  return { ...grads, ...Object.fromEntries(penalised) };
}

/** ∂H/∂α = −p (log p + H), row by row. */
function entropySlope(alpha: Tensor2D): Tensor {
  const p = softmax(alpha);
  const logP = logSoftmax(alpha);
  const entropy = neg(sum(mul(p, logP), 1, true)); // (edges, 1)
  return neg(mul(p, add(logP, entropy)));
}

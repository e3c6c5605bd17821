/**
 * @file λ_max of ∇²_α L_val, the sharpness that RobustDARTS follows (arXiv:1909.09656):
 *
 *   H·v ≈ [∇_α L_val(α + εv) − ∇_α L_val(α − εv)] / 2ε,   ‖v‖ = 1, ε = 0.02
 *
 * Without α's weight decay, which RobustDARTS's code has on the diagonal.
 */
import { concat, reshape, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { scale } from "../core/params.ts";
import { alphaGrad } from "../methods/gradients.ts";
import type { Batch } from "../problem.ts";
import { eigenvalues, largestEigenvalue, type Product } from "./eigen.ts";
import { choosesOps, type Probe, type ProbeContext } from "./probe.ts";

/** Of single precision's making: smaller steps drown in rounding, larger ones see curvature change. */
const epsilon = 0.02;
/** Up to so many entries of α the whole Hessian is taken. */
const exactUpTo = 40;
const most = 30;

export const lambda: Probe = {
  id: "lambda",
  label: "Sharpness λ_max",
  summary:
    "The largest curvature of the validation loss along α: where it grows, the derived network tends to be worse than the supernet. An indicator, not a proof.",
  reference:
    "Zela et al., RobustDARTS, ICLR 2020, arXiv:1909.09656; mean of single batches, without α's weight decay",
  cost: `2 α-gradients for every entry of α on each of 5 batches; above ${exactUpTo} entries at most ${2 * most} a batch, by power iteration`,
  batches: 5,
  accepts: choosesOps,
  async measure(context) {
    const { batches, rng } = context;
    const size = context.problem.groups.reduce((n, g) => n + g.edges.length * g.ops.length, 0);
    const found: number[] = [];
    const start = Float64Array.from(rng.fork("start").normal(size));
    for (const batch of batches) {
      const product = productAt(context, batch);
      found.push(
        size <= exactUpTo
          ? (eigenvalues(await hessian(product, size), size).at(-1) as number)
          : await largestEigenvalue(product, start, { most }),
      );
    }
    const mean = found.reduce((a, b) => a + b, 0) / found.length;
    const variance = found.reduce((sum, x) => sum + (x - mean) ** 2, 0) / found.length;
    return { lambdaMax: mean, deviation: Math.sqrt(variance), batches: found.length };
  },
};

/** Columns by unit vectors, then the symmetric part. */
async function hessian(product: Product, n: number): Promise<Float64Array> {
  const columns: Float64Array[] = [];
  for (let i = 0; i < n; i++)
    columns.push(await product(Float64Array.from({ length: n }, (_, k) => (k === i ? 1 : 0))));
  const at = (i: number, j: number): number => columns[j]?.[i] as number;
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    return (at(i, j) + at(j, i)) / 2;
  });
}

/** Two passes for the gradient by the mixture. */
const productAt =
  (context: ProbeContext, batch: Batch): Product =>
  async (v) => {
    const [plus, minus] = [
      await gradientAt(context, batch, v, epsilon),
      await gradientAt(context, batch, v, -epsilon),
    ];
    return plus.map((x, i) => (x - (minus[i] as number)) / (2 * epsilon));
  };

async function gradientAt(
  { problem, weights, alpha, alphaOnHost }: ProbeContext,
  batch: Batch,
  v: Float64Array,
  along: number,
): Promise<Float64Array> {
  const { groups } = problem;
  const flat = tidy(() => {
    const moved = Object.fromEntries(
      shifted(groups, alphaOnHost, v, along).map(({ group: { name, edges, ops }, values }) => [
        name,
        tensor2d(values, [edges.length, ops.length]),
      ]),
    );
    // A group that the network does not use has no gradient.
    const grads = { ...scale(0, alpha), ...alphaGrad(problem, weights, moved, batch).alpha };
    return concat(groups.map(({ name }) => reshape(grads[name] as Tensor, [-1])));
  });
  try {
    return Float64Array.from(await flat.data());
  } finally {
    flat.dispose();
  }
}

/** α + along·v, group by group. */
function shifted(
  groups: readonly AlphaGroup[],
  alpha: ProbeContext["alphaOnHost"],
  v: Float64Array,
  along: number,
) {
  let at = 0;
  return groups.map((group) => {
    const first = at;
    const own = alpha[group.name] as Float32Array;
    at += own.length;
    return { group, values: own.map((a, i) => a + along * (v[first + i] as number)) };
  });
}

/** @file A bilevel problem that is solved exactly: L_train = ½‖Aw − Bα − c‖², L_val = ½‖Pw + Qα − r‖². */
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
  type Tensor2D,
  tensor1d,
  tensor2d,
  transpose,
} from "@tensorflow/tfjs-core";
import { createRng } from "../../src/engine/core/rng.ts";
import type { Batch, Problem, Split } from "../../src/engine/problem.ts";
import { combine, type Matrix, product, solve, transposed, type Vector } from "./matrices.ts";

/** Its matrices in double precision; w has n entries, α m, and the training residual `rows` ≥ n. */
export interface Quadratic {
  readonly A: Matrix;
  readonly B: Matrix;
  readonly c: Vector;
  readonly P: Matrix;
  readonly Q: Matrix;
  readonly r: Vector;
  /** Where a method begins. */
  readonly w: Vector;
  readonly alpha: Vector;
}

/** With rows = n the training loss can always reach 0, so that v(α) = min over w of L_train is constant. */
export function drawQuadratic(seed: number, n = 5, m = 3, rows = n): Quadratic {
  const rng = createRng(seed);
  const vector = (name: string, length: number) => [...rng.fork(name).normal(length)];
  const matrix = (name: string, height: number, width: number) =>
    Array.from({ length: height }, (_, i) => vector(`${name}${i}`, width));
  return {
    // A diagonal keeps the inner problem well conditioned: single precision must see the trend, not its own rounding.
    A: matrix("A", rows, n).map((row, i) => row.map((x, j) => 0.3 * x + (i === j ? 1.5 : 0))),
    B: matrix("B", rows, m),
    c: vector("c", rows),
    P: matrix("P", n, n),
    Q: matrix("Q", n, m),
    r: vector("r", n),
    w: vector("w", n),
    alpha: vector("alpha", m),
  };
}

/** The same in tensors: α is a gate group (m edges, 1), so that the mixture is α itself. */
export function quadraticProblem({ A, B, c, P, Q, r, w, alpha }: Quadratic): Problem {
  const groups = [
    {
      name: "alpha",
      kind: "gate" as const,
      nodes: 2,
      inputs: 1,
      edges: alpha.map(() => ({ from: 0, to: 1 })),
      ops: ["alpha"],
    },
  ];
  const column = (v: Vector) => tensor2d(v as number[], [v.length, 1]);
  const times = (M: Matrix, x: Tensor2D) => matMul(tensor2d(M as number[][]), x);
  const back = (M: Matrix, x: Tensor2D) => matMul(transpose(tensor2d(M as number[][])), x);
  return {
    groups,
    initWeights: () => ({ w: tensor1d(w as number[]) }),
    initAlpha: () => ({ alpha: column(alpha) }),
    relax: (a) => ({ weights: { alpha: a["alpha"] as Tensor2D } }),
    lossAndGrad(weights, mixture, { split }, wrt) {
      const x = reshape(weights["w"] as Tensor, [w.length, 1]) as Tensor2D;
      const a = mixture.weights["alpha"] as Tensor2D;
      const [onW, onAlpha, sign, target] = split === "train" ? [A, B, -1, c] : [P, Q, 1, r];
      const residual = sub(add(times(onW, x), mul(times(onAlpha, a), sign)), column(target));
      return {
        loss: mul(0.5, sum(square(residual))) as Scalar,
        weights:
          wrt === "mixture" || wrt === "none"
            ? undefined
            : { w: reshape(back(onW, residual as Tensor2D), [w.length]) },
        mixture:
          wrt === "weights" || wrt === "none"
            ? undefined
            : { alpha: mul(back(onAlpha, residual as Tensor2D), sign) as Tensor2D },
      } as never;
    },
  };
}

/** A batch that only says which loss is meant. */
export const batchOf = (split: Split): Batch => ({ split, x: tensor1d([]), y: tensor1d([]) });

/** ∇w and ∇α of both losses at a point, in double precision. */
export function gradientsAt(q: Quadratic, w: Vector, alpha: Vector) {
  const train = combine(1, product(q.A, w), -1, combine(1, product(q.B, alpha), 1, q.c));
  const val = combine(1, product(q.P, w), 1, combine(1, product(q.Q, alpha), -1, q.r));
  return {
    trainByW: product(transposed(q.A), train),
    trainByAlpha: product(transposed(q.B), train).map((x) => -x),
    valByW: product(transposed(q.P), val),
    valByAlpha: product(transposed(q.Q), val),
  };
}

/** d/dα L_val(w′(α), α) where w′ moves with α as −ξ∇w L_train does: ∇α L_val − ξ·∇²αw L_train·∇w′ L_val, at w′. */
export function unrolledGradient(q: Quadratic, at: Vector, xi: number, alpha: Vector): Vector {
  const { valByW, valByAlpha } = gradientsAt(q, at, alpha);
  // ∇²αw L_train = −BᵀA
  return combine(1, valByAlpha, xi, product(transposed(q.B), product(q.A, valByW)));
}

/** w*(α), and the exact gradients by α of L_val(w*(α), α) and of v(α) = L_train(w*(α), α). */
export function exactGradients(q: Quadratic, alpha: Vector) {
  const hessian = product2(transposed(q.A), q.A);
  const best = solve(hessian, product(transposed(q.A), combine(1, product(q.B, alpha), 1, q.c)));
  const { valByW, valByAlpha, trainByAlpha } = gradientsAt(q, best, alpha);
  const implicit = product(transposed(q.B), product(q.A, solve(hessian, valByW)));
  return { best, hypergradient: combine(1, valByAlpha, 1, implicit), ofValue: trainByAlpha };
}

/** The w and y that minimise L_val(y, α) + λ L_train(w, α) + ½β‖y − w‖² for this α. */
export function rartsOptimum(q: Quadratic, alpha: Vector, lambda: number, beta: number) {
  const n = q.w.length;
  const [train, val] = [product2(transposed(q.A), q.A), product2(transposed(q.P), q.P)];
  const spring = (i: number, j: number) => (i === j ? beta : 0);
  const entry = (i: number, j: number): number =>
    i < n && j < n
      ? lambda * at(train, i, j) + spring(i, j)
      : i >= n && j >= n
        ? at(val, i - n, j - n) + spring(i, j)
        : -spring(i % n, j % n);
  const system = Array.from({ length: 2 * n }, (_, i) =>
    Array.from({ length: 2 * n }, (_, j) => entry(i, j)),
  );
  const pull = product(transposed(q.A), combine(1, product(q.B, alpha), 1, q.c));
  const push = product(transposed(q.P), combine(1, q.r, -1, product(q.Q, alpha)));
  const both = solve(system, [...pull.map((x) => lambda * x), ...push]);
  return { w: both.slice(0, n), y: both.slice(n) };
}

const at = (M: Matrix, i: number, j: number) => (M[i] as Vector)[j] as number;
const product2 = (X: Matrix, Y: Matrix): Matrix =>
  transposed(transposed(Y).map((column) => product(X, column)));

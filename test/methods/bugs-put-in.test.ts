/**
 * @file Bugs of public implementations, put into this one: what a law says of the engine as it is, and that the same law
 * breaks once the bug is in. A law that lets a bug through is no law.
 */
import { div, mul, type Scalar, sub, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { axpy, mapParams, norm, type Params } from "../../src/engine/core/params.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { gdas } from "../../src/engine/methods/gdas.ts";
import type { Mixture, Problem } from "../../src/engine/problem.ts";
import { choiceProblem, rowsOf } from "../support/choices.ts";
import { distance, type Vector } from "../support/matrices.ts";
import { numbersOf, stepper } from "../support/probe-step.ts";
import {
  drawQuadratic,
  gradientsAt,
  quadraticProblem,
  unrolledGradient,
} from "../support/quadratic.ts";
import { plainSgd } from "../support/specs.ts";
import { toyProblem } from "../support/toy-problem.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

type Ask = Problem["lossAndGrad"];
/** The problem whose answers go through `bug`; two points are then asked one by one. */
const bugged = (problem: Problem, bug: (ask: Ask) => Ask): Problem => {
  const { lossAndGradAtBoth: _, ...single } = problem;
  return { ...single, lossAndGrad: bug(problem.lossAndGrad) };
};
/** The answer with its gradient by the mixture changed, group by group. */
const withMixture = (point: unknown, f: (x: Tensor, name: string) => Tensor): never => {
  const { mixture, ...rest } = point as { mixture?: Params };
  if (!mixture) return point as never;
  const changed = Object.entries(mixture).map(([name, x]) => [name, f(x, name)]);
  return { ...rest, mixture: Object.fromEntries(changed) } as never;
};

describe("second-order DARTS", () => {
  /** khanrc/pt.darts#34, #43, microsoft/nni#3044, NAS-Benchmark#4: (p − n) / 2.*eps is (p − n)·eps/2. */
  const epsilonSquared = (problem: Problem): Problem => {
    let [eps, first]: [Scalar | undefined, Params | undefined] = [undefined, undefined];
    return bugged(problem, (ask) => (weights, mixture, batch, wrt) => {
      const point = ask(weights, mixture, batch, wrt);
      if (batch.split === "val" && wrt === "both")
        eps = div(0.01, norm(point.weights as Params)) as Scalar;
      if (batch.split === "train" && wrt === "mixture") {
        // Both are moved so that their difference is ε² times what it was: g₊ stays, g₋ comes close to it.
        if (!first) first = point.mixture as Params;
        else {
          const [above, small] = [first, mul(eps as Scalar, eps as Scalar)];
          first = undefined;
          return withMixture(point, (x, name) => {
            const plus = above[name] as Tensor;
            return sub(plus, mul(small, sub(plus, x)));
          });
        }
      }
      return point;
    });
  };
  /** kubeflow/katib#2273: w′ is made and never used. */
  const neverCopied = (problem: Problem): Problem => {
    let old: Params | undefined;
    return bugged(problem, (ask) => (weights, mixture, batch, wrt) => {
      if (batch.split === "train" && wrt === "weights") old ??= weights;
      const at = batch.split === "val" ? (old ?? weights) : weights;
      if (batch.split === "val") old = undefined;
      return ask(at, mixture, batch, wrt);
    });
  };
  /** NeroLoh/darts-tensorflow#1, vega: the option is read and first order runs. */
  const ignored = (method: typeof darts): typeof darts => ({
    ...method,
    step: (problem, state, context) =>
      method.step(problem, state, { ...context, hyper: { ...context.hyper, xi: 0, tied: 0 } }),
  });

  const [q, xi] = [drawQuadratic(3, 5, 3, 7), 0.3];
  const unrolled = q.w.map((x, i) => x - xi * (gradientsAt(q, q.w, q.alpha).trainByW[i] as number));
  const exact = unrolledGradient(q, unrolled, xi, q.alpha);
  /** ‖found − exact‖ / ‖exact‖ of the first α-gradient. */
  const error = (method: typeof darts, problem: Problem): number => {
    using search = stepper(method, problem, { hyper: { xi }, weights: plainSgd(xi) });
    return distance(search.step().gradient["alpha"] as Vector, exact);
  };
  const plain = quadraticProblem(q);
  it("is the exact unrolled gradient", () => {
    expect(error(darts, plain)).toBeLessThan(1e-3);
  });
  it.each([
    ["ε² in place of 1 (pt.darts#34, nni#3044, NAS-Benchmark#4)", darts, epsilonSquared(plain)],
    ["w′ never copied (katib#2273)", darts, neverCopied(plain)],
    ["first order in disguise (darts-tensorflow#1, vega)", ignored(darts), plain],
  ] as const)("is not, with %s", (_, method, problem) => {
    expect(error(method, problem)).toBeGreaterThan(0.05);
  });

  const onToy = (problem: Problem): number => {
    const rates = { weights: plainSgd(0.1), alpha: plainSgd(0.1) };
    using search = stepper(darts, problem, { hyper: { xi: 0.5 }, ...rates });
    for (let step = 0; step < 150; step++) search.step();
    return search.state.alpha["alpha"]?.dataSync()[0] as number;
  };
  it("ends the toy at 2 / (1 + 2ξ), and at 2 with ε²", () => {
    expect(onToy(toyProblem)).toBeCloseTo(1, 3);
    expect(onToy(epsilonSquared(toyProblem))).toBeCloseTo(2, 2);
  });

  it("leaves w where it was, and does not with the perturbed weights left in place", () => {
    const leftInPlace: typeof darts = {
      ...darts,
      step(problem, state, context) {
        const next = darts.step(problem, state, context);
        const { weights } = problem.lossAndGrad(
          state.weights,
          problem.relax(state.alpha),
          context.val,
          "weights",
        );
        return {
          ...next,
          state: { ...next.state, weights: axpy(0.01, weights, next.state.weights) },
        };
      },
    };
    const moved = (method: typeof darts): number => {
      using search = stepper(method, plain, { hyper: { xi }, weights: plainSgd(0) });
      search.step();
      return distance(numbersOf(search.state.weights)["w"] as Vector, q.w);
    };
    expect(moved(darts)).toBeLessThan(1e-6);
    expect(moved(leftInPlace)).toBeGreaterThan(1e-4);
  });
});

it("dragen1860#5: α stands still with a rate of 0, and not where w's optimiser has it, too", () => {
  const decay = 0.5;
  const inBoth: typeof darts = {
    ...darts,
    step(problem, state, context) {
      const next = darts.step(problem, state, context);
      const alpha = mapParams((a) => mul(a, 1 - 0.1 * decay), next.state.alpha);
      return { ...next, state: { ...next.state, alpha } };
    },
  };
  const moved = (method: typeof darts): number => {
    const { problem } = choiceProblem(2);
    const weights = { ...plainSgd(0.1), decay };
    using search = stepper(method, problem, { weights, alpha: { ...plainSgd(0), decay } });
    const before = numbersOf(search.state.alpha)["normal"] as Vector;
    search.step();
    return distance(numbersOf(search.state.alpha)["normal"] as Vector, before);
  };
  expect(moved(darts)).toBe(0);
  expect(moved(inBoth)).toBeGreaterThan(0.01);
});

it("nni#3224: rows of α's gradient sum to 0 through a softmax, and not without it", () => {
  const largestSum = (problem: Problem): number => {
    using search = stepper(darts, problem);
    const rows = rowsOf(search.step().gradient["normal"] as number[]);
    return Math.max(...rows.map((row) => Math.abs(row.reduce((a, b) => a + b, 0))));
  };
  const { problem } = choiceProblem(2);
  const { pullBack: _, ...rest } = problem;
  const raw: Problem = { ...rest, relax: (alpha) => ({ weights: alpha as never }) };
  expect(largestSum(problem)).toBeLessThan(1e-5);
  expect(largestSum(raw)).toBeGreaterThan(1e-3);
});

it("RobustDARTS#7: what runs is one-hot, and is not where the discrete forward pass is scaled by its shares", () => {
  const off = (isScaled: boolean): number => {
    const { problem, asked } = choiceProblem(2);
    const scaled = bugged(problem, (ask) => (weights, mixture, batch, wrt) => {
      const shares = mapParams((m) => mul(m, 0.7), mixture.weights) as Mixture["weights"];
      return ask(weights, { ...mixture, weights: shares }, batch, wrt);
    });
    using search = stepper(gdas, isScaled ? scaled : problem);
    search.step();
    const values = asked.flatMap(({ mixture }) => Object.values(mixture).flat());
    return Math.max(...values.map((x) => Math.min(Math.abs(x), Math.abs(x - 1))));
  };
  expect(off(false)).toBe(0);
  expect(off(true)).toBeGreaterThan(0.1);
});

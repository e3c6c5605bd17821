/** @file GDAS: one-hot forward, straight-through backward, and its temperatures. */
import { tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { createRng } from "../../src/engine/core/rng.ts";
import { gdas } from "../../src/engine/methods/gdas.ts";
import { gumbel } from "../../src/engine/methods/paths.ts";
import type { Hyper } from "../../src/protocol/spec.ts";
import { type Asked, choiceProblem, opNames, rowsOf, shares } from "../support/choices.ts";
import { type Numbers, numbersOf, stepper } from "../support/probe-step.ts";
import { batchOf } from "../support/quadratic.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const names = ["normal", "reduce"] as const;

/** The step at `progress`, with rates of 0 before it, so that w and α are still the first. */
function stepAt(progress: number, hyper: Hyper = {}) {
  const { problem, asked } = choiceProblem(2);
  const steps = 10;
  using search = stepper(gdas, problem, { hyper, steps });
  const alpha = numbersOf(search.state.alpha);
  const weights = numbersOf(search.state.weights); // rate 0: they stay
  for (let step = 0; step < progress * steps; step++) search.step();
  asked.length = 0;
  const { gradient } = search.step();
  const val = asked.find(({ split }) => split === "val") as Asked;
  return { problem, asked, alpha, gradient, val, weights, step: progress * steps };
}

it("runs one candidate an edge, drawn anew for w and for α", () => {
  const { asked, val } = stepAt(0);
  expect(asked.map(({ split, wrt }) => [split, wrt])).toEqual([
    ["train", "weights"],
    ["val", "mixture"],
  ]);
  for (const { mixture, active } of asked)
    for (const name of names)
      for (const [e, row] of rowsOf(mixture[name] as number[]).entries()) {
        expect(row.filter((x) => x !== 0)).toEqual([1]);
        expect(active?.[name]?.[e]).toEqual([row.indexOf(1)]);
      }
  expect(asked[0]?.mixture).not.toEqual(val.mixture);
});

describe.each([
  [0, 10],
  [0.5, 5.05],
])("at progress %d the temperature is %d", (progress, tau) => {
  it.each([0, 1])("and α's gradient is the softmax's at that temperature, all = %d", (all) => {
    const { problem, alpha, gradient, val, step, weights } = stepAt(progress, {
      allCandidates: all,
    });
    const noise = gumbel(problem.groups, createRng(1).fork(step).fork("alpha"));
    for (const { name, edges } of problem.groups) {
      // ∂L/∂h at the one-hot mixture, entry by entry: the loss is asked anew with what ran.
      const slopes = slopesOf(val, weights, name);
      const G = rowsOf([...(noise[name] as Float32Array)]);
      const A = rowsOf(alpha[name] as number[]);
      for (const e of edges.keys()) {
        const scores = (A[e] as number[]).map((a, o) => a + (G[e]?.[o] as number));
        expect(val.mixture[name]?.[e * opNames.length + scores.indexOf(Math.max(...scores))]).toBe(
          1,
        );
        const p = shares(scores.map((x) => x / tau));
        const g = rowsOf(slopes)[e] as number[];
        const mean = g.reduce((total, x, o) => total + x * (p[o] as number), 0);
        for (const [o, share] of p.entries()) {
          const exact = (share * ((g[o] as number) - mean)) / tau;
          expect(gradient[name]?.[e * opNames.length + o]).toBeCloseTo(exact, 4);
        }
      }
    }
    expect(Math.max(...(gradient["normal"] as number[]).map(Math.abs))).toBeGreaterThan(1e-3);
  });
});

/** ∂L_val/∂m of a group at the mixture of this question, (edges, ops) row by row. */
function slopesOf({ mixture, active }: Asked, weights: Numbers, name: string): number[] {
  const { problem } = choiceProblem(2);
  const matrices = names.map((group) => [
    group,
    tensor2d(rowsOf(mixture[group] as number[]) as number[][]),
  ]);
  const at = { weights: Object.fromEntries(matrices), ...(active && { active }) };
  const w = { w: tensor1d(weights["w"] as number[]) };
  return [
    ...(problem.lossAndGrad(w, at, batchOf("val"), "mixture").mixture[name]?.dataSync() ?? []),
  ];
}

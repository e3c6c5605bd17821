/** @file Regularisers: the gradients they add, to whom, and when. */
import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { edas } from "../../src/engine/methods/edas.ts";
import { regularised } from "../../src/engine/methods/regularised.ts";
import type { Hyper } from "../../src/protocol/spec.ts";
import { type Asked, choiceProblem, opNames, rowsOf, shares } from "../support/choices.ts";
import { numbersOf, stepper } from "../support/probe-step.ts";
import { plainSgd } from "../support/specs.ts";
import { toyProblem } from "../support/toy-problem.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const worn = regularised(darts);

const entropy = (row: readonly number[]) =>
  -shares(row).reduce((total, p) => total + p * Math.log(p), 0);
/** Central difference of f at x. */
const slope = (f: (x: readonly number[]) => number, x: readonly number[]) =>
  x.map((_, i) => {
    const at = (d: number) => f(x.map((v, j) => (i === j ? v + d : v)));
    return (at(1e-5) - at(-1e-5)) / 2e-5;
  });

const names = ["normal", "reduce"] as const;
const start = [0, 1, 2, 3, 4].map((e) => [0, 1.5 * e, -1, 0.5]);

/** How far the second of two steps moves α, by plain descent from `start`; (edges, ops) of the normal cell. */
function secondMove(hyper: Hyper) {
  const { problem } = choiceProblem(2);
  using search = stepper(worn, problem, { hyper, alpha: plainSgd(1), steps: 2 });
  search.step();
  search.place({ alpha: Object.fromEntries(names.map((name) => [name, tensor2d(start)])) });
  search.step();
  return (numbersOf(search.state.alpha)["normal"] as number[]).map(
    (x, i) => x - (start.flat()[i] as number),
  );
}
/** What the regulariser adds to that move. */
function added(hyper: Hyper): readonly number[][] {
  const plain = secondMove({});
  return rowsOf(secondMove(hyper).map((x, i) => x - (plain[i] as number)));
}

describe("half way through a run", () => {
  it("β-DARTS pulls by λ/2 · softmax(α) / edges", () => {
    for (const [e, row] of added({ betaDecay: 8 }).entries())
      for (const [o, x] of row.entries())
        expect(x).toBeCloseTo((-4 * (shares(start[e] as number[])[o] as number)) / 10, 4); // 2 groups of 5 edges
  });
  it("the entropy bonus pushes along η ∂H/∂α", () => {
    for (const [e, row] of added({ entropy: 0.7 }).entries())
      for (const [o, d] of slope(entropy, start[e] as number[]).entries())
        expect(row[o]).toBeCloseTo(0.7 * d, 4);
  });
});
it("leaves rows masked that the method masks", () => {
  const { problem, asked } = choiceProblem();
  const hyper = { warmup: 0, betaDecay: 50, entropy: 1 };
  using search = stepper(regularised(edas), problem, { hyper, alpha: plainSgd(1) });
  for (let step = 0; step < 5; step++) {
    const before = rowsOf(numbersOf(search.state.alpha)["normal"] as number[]);
    asked.length = 0;
    search.step();
    const after = rowsOf(numbersOf(search.state.alpha)["normal"] as number[]);
    const drawn = (asked[0] as Asked).active?.["normal"]?.findIndex(
      (on) => on.length === opNames.length,
    );
    for (const [e, row] of before.entries())
      if (e === drawn) expect(after[e]).not.toEqual(row);
      else expect(after[e]).toEqual(row);
  }
});
it("has nothing to say about a gate", () => {
  const ends = [{}, { betaDecay: 100, entropy: 1 }].map((hyper) => {
    using search = stepper(worn, toyProblem, {
      hyper,
      alpha: plainSgd(0.1),
      weights: plainSgd(0.1),
    });
    for (let step = 0; step < 5; step++) search.step();
    return numbersOf(search.state.alpha);
  });
  expect(ends[0]).toEqual(ends[1]);
});

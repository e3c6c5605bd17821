/** @file Bugs that silently changed the algorithm in public implementations, as laws that hold for every method they could befall. */
import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { edas } from "../../src/engine/methods/edas.ts";
import { methods } from "../../src/engine/methods/index.ts";
import { choiceProblem, opNames, rowsOf } from "../support/choices.ts";
import { distance, type Vector } from "../support/matrices.ts";
import { numbersOf, stepper } from "../support/probe-step.ts";
import { plainSgd } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

describe.each(methods)("$id", (method) => {
  const start = (weights: number, alpha: number) => {
    const { problem } = choiceProblem(2);
    const decaying = (lr: number) => ({ ...plainSgd(lr), decay: 0.5 });
    const at = { weights: decaying(weights), alpha: decaying(alpha), hyper: {} };
    return stepper(method, problem, at);
  };
  it("dragen1860#5: α is in w's optimiser too, and decays with it", () => {
    using search = start(0.1, 0);
    const before = numbersOf(search.state.alpha);
    const w = numbersOf(search.state.weights);
    // The tournament of rsps sets α by rank, with no optimiser: its rows stay one-hot.
    for (let step = 0; step < 30; step++) search.step();
    const after = numbersOf(search.state.alpha);
    if (method.id === "rsps")
      for (const x of after["normal"] as number[]) expect([0, 1]).toContain(x);
    else expect(after).toEqual(before);
    expect(numbersOf(search.state.weights)).not.toEqual(w);
  });
  it("w is in α's optimiser too, and decays with it", () => {
    using search = start(0, 0.1);
    const before = numbersOf(search.state.weights);
    for (let step = 0; step < 30; step++) search.step();
    expect(numbersOf(search.state.weights)).toEqual(before);
  });
});

it("microsoft/nni#3224: α is used without its softmax", () => {
  // Through a softmax a row's gradient sums to zero, and adding a constant to a row changes nothing.
  const gradients = [0, 3].map((shift) => {
    const { problem, asked } = choiceProblem(2);
    using search = stepper(darts, problem);
    const alpha = Object.fromEntries(
      problem.groups.map(({ name, edges }) => [
        name,
        tensor2d(edges.map((_, e) => opNames.map((_, o) => Math.sin(e + 2 * o) + shift))),
      ]),
    );
    search.place({ alpha });
    const { gradient } = search.step();
    for (const row of rowsOf(asked[0]?.mixture["normal"] as number[]))
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    return gradient["normal"] as Vector;
  });
  const [here, shifted] = gradients as [Vector, Vector];
  expect(distance(shifted, here)).toBeLessThan(1e-4);
  for (const row of rowsOf(here)) {
    expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 4);
    expect(Math.max(...row.map(Math.abs))).toBeGreaterThan(1e-3);
  }
});

it("khanrc/pt.darts#16: edges are ranked by raw α, not by its softmax", () => {
  const { problem, asked } = choiceProblem(2);
  using search = stepper(edas, problem, { hyper: { warmup: 0 } });
  // Node 3's edges are 2, 3, 4. Edge 2 has the largest α of all, and the flattest row.
  const rows = Array.from({ length: 5 }, (_, e) => (e === 2 ? [9, 9.1, 9, 9] : [0, 1, 0, 0]));
  search.place({ alpha: { normal: tensor2d(rows), reduce: tensor2d(rows) } });
  for (let step = 0; step < 8; step++) search.step();
  const undrawn = asked
    .map(({ active }) => active?.["normal"]?.[2] ?? [])
    .filter((on) => on.length < 4);
  expect(undrawn.length).toBeGreaterThan(0);
  for (const on of undrawn) expect(on).toEqual([]);
});

it("automl/RobustDARTS#7: what should be discrete is not one-hot, or scales what it keeps", () => {
  const { problem, asked } = choiceProblem(2);
  for (const method of methods.filter(({ id }) => ["gdas", "random", "rsps"].includes(id))) {
    using search = stepper(method, problem);
    for (let step = 0; step < 3; step++) search.step();
  }
  expect(asked.length).toBeGreaterThan(10);
  for (const { mixture } of asked)
    for (const x of Object.values(mixture).flat()) expect([0, 1]).toContain(x);
});

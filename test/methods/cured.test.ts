/** @file Cures for skip collapse: the mixture that runs under each, the way back to α, and nothing at all when off. */
import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { cured } from "../../src/engine/methods/cured.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { edas } from "../../src/engine/methods/edas.ts";
import { gdas } from "../../src/engine/methods/gdas.ts";
import { methods } from "../../src/engine/methods/index.ts";
import { milenas } from "../../src/engine/methods/milenas.ts";
import { rarts } from "../../src/engine/methods/rarts.ts";
import type { Asked, Problem, SearchMethod, Wrt } from "../../src/engine/problem.ts";
import { choiceProblem, opNames, rowsOf, shares } from "../support/choices.ts";
import { numbersOf, stepper } from "../support/probe-step.ts";
import { plainSgd } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const [none, skip, conv] = [0, 1, 2];
const start = [0, 1, 2, 3, 4].map((e) => [0, 0.4 * e, -1, 0.5]);
/** What is asked of the problem at each of `steps` steps, α standing at `start`. */
function asked(hyper: Record<string, number>, steps: number, method = darts) {
  const { problem, asked } = choiceProblem(2);
  using search = stepper(cured(method) as SearchMethod, problem, { hyper, steps });
  search.place({ alpha: { normal: tensor2d(start), reduce: tensor2d(start) } });
  return Array.from({ length: steps }, () => {
    asked.length = 0;
    search.step();
    return [...asked];
  });
}
const normal = (question: ReturnType<typeof asked>[number][number] | undefined) =>
  rowsOf(question?.mixture["normal"] as number[]);

describe.each([darts, rarts, edas, milenas, gdas] as SearchMethod[])("$id", (plain) => {
  const end = (method: SearchMethod, hyper = {}) => {
    const { problem } = choiceProblem(2);
    const rates = { weights: plainSgd(0.01), alpha: plainSgd(0.1) };
    using search = stepper(method, problem, { hyper, steps: 6, ...rates });
    for (let step = 0; step < 6; step++) search.step();
    return { ...numbersOf(search.state.weights), ...numbersOf(search.state.alpha) };
  };
  const settings = plain.id === "edas" ? { warmup: 0 } : {};
  it("is the plain method to the last bit when all are 0", () => {
    expect(end(cured(plain), settings)).toEqual(end(plain, settings));
  });
  it.each(["auxiliarySkip", "dropPath", "skipDropout"])("is another one with %s", (name) => {
    const other = end(cured(plain), { ...settings, [name]: 0.8 });
    expect(other).not.toEqual(end(plain, settings));
    for (const x of Object.values(other).flat()) expect(x).toBeTypeOf("number");
  });
  it("offers them in the registry", () => {
    const offered = methods.find(({ id }) => id === plain.id)?.hyper ?? {};
    for (const name of ["auxiliarySkip", "dropPath", "skipDropout"])
      expect(offered[name]?.default).toBe(0);
  });
});

it("DARTS− adds β (1 − t) to the skip, and to nothing else", () => {
  for (const [step, questions] of asked({ auxiliarySkip: 0.8 }, 4).entries())
    for (const question of questions)
      for (const [e, row] of normal(question).entries()) {
        const plain = shares(start[e] as number[]);
        const extra = 0.8 * (1 - step / 4);
        for (const [o, m] of row.entries())
          expect(m).toBeCloseTo((plain[o] as number) + (o === skip ? extra : 0), 5);
      }
});
it("the auxiliary skip runs where an edge runs, and α is not told of it there", () => {
  const { problem, asked } = choiceProblem(2);
  using search = stepper(cured(edas), problem, { hyper: { warmup: 0, auxiliarySkip: 1 } });
  search.step();
  for (const { active, mixture } of asked)
    for (const [e, on] of (active?.["normal"] ?? []).entries()) {
      const weight = rowsOf(mixture["normal"] as number[])[e]?.[skip] as number;
      expect(on.includes(skip)).toBe(on.length > 0);
      expect(weight >= 1).toBe(on.length > 0);
    }
});

/** Weight over share, of one candidate on every edge at every question of a run of 200 steps. */
const factors = (hyper: Record<string, number>, op: number) =>
  asked(hyper, 200).map((questions) =>
    questions.map((question) =>
      normal(question).map(
        (row, e) => (row[op] as number) / (shares(start[e] as number[])[op] as number),
      ),
    ),
  );
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("drop-path", () => {
  it("leaves a candidate out at a rate that rises, and the rest makes up for it", () => {
    const steps = factors({ dropPath: 0.6 }, conv);
    for (const [step, questions] of steps.entries())
      for (const factor of questions.flat()) {
        const kept = 1 / (1 - 0.6 * (step / 200));
        expect(Math.min(Math.abs(factor), Math.abs(factor - kept))).toBeLessThan(1e-4);
      }
    const dropped = (from: number) =>
      mean(steps.slice(from, from + 50).flatMap((q) => q.flat().map((f) => (f < 0.5 ? 1 : 0))));
    expect(dropped(0)).toBeCloseTo(0.075, 1);
    expect(dropped(150)).toBeCloseTo(0.525, 1);
    expect(mean(steps.flat(2))).toBeCloseTo(1, 1);
  });
  it.each([none, skip])("spares candidate %d", (op) => {
    for (const factor of factors({ dropPath: 0.6 }, op).flat(2)) expect(factor).toBeCloseTo(1, 4);
  });
  it("does not compute what it leaves out", () => {
    for (const questions of asked({ dropPath: 0.9 }, 20))
      for (const question of questions)
        for (const [e, row] of normal(question).entries())
          for (const [o] of opNames.entries())
            expect(question.active?.["normal"]?.[e]?.includes(o) ?? true).toBe(row[o] !== 0);
  });
  it("draws the same for all passes of a step over one half: second order needs it", () => {
    const { problem, asked } = choiceProblem(2);
    const hyper = { xi: 0.1, dropPath: 0.9 };
    using search = stepper(cured(darts), problem, { hyper, steps: 20 });
    for (let step = 0; step < 10; step++) search.step();
    asked.length = 0;
    search.step();
    const of = (split: string) => asked.filter((a) => a.split === split);
    expect(of("train").length).toBe(4);
    expect(new Set(of("train").map(({ mixture }) => String(mixture["normal"]))).size).toBe(1);
    expect(of("val")[0]?.mixture).not.toEqual(of("train")[0]?.mixture);
  });
});
it.each([darts, rarts] as SearchMethod[])(
  "asks $id's two points at once, where that is offered, as one by one",
  (method) => {
    const end = (isOffered: boolean) => {
      const { problem: single } = choiceProblem(2);
      let pairs = 0;
      const paired: Problem = {
        ...single,
        lossAndGradAtBoth(a, b) {
          pairs++;
          const ask = <W extends Wrt>({ weights, mixture, batch, wrt }: Asked<W>) =>
            single.lossAndGrad(weights, mixture, batch, wrt);
          return [ask(a), ask(b)];
        },
      };
      const hyper = {
        dropPath: 0.9,
        auxiliarySkip: 1,
        ...(method.id === "darts" ? { xi: 0.1 } : { reuseGradients: 1 }),
      };
      const rates = { weights: plainSgd(0.01), alpha: plainSgd(0.1) };
      using search = stepper(cured(method), isOffered ? paired : single, {
        hyper,
        steps: 6,
        ...rates,
      });
      for (let step = 0; step < 6; step++) search.step();
      expect(pairs > 0).toBe(isOffered);
      return numbersOf(search.state.alpha);
    };
    expect(end(true)).toEqual(end(false));
  },
);
it("skip dropout begins at its rate, falls by e^(−5t), and touches skips alone", () => {
  const steps = factors({ skipDropout: 0.8 }, skip);
  for (const [step, questions] of steps.entries())
    for (const factor of questions.flat()) {
      const kept = 1 / (1 - 0.8 * Math.exp((-5 * step) / 200));
      expect(Math.min(Math.abs(factor), Math.abs(factor - kept))).toBeLessThan(1e-4);
    }
  const dropped = (from: number) =>
    mean(steps.slice(from, from + 10).flatMap((q) => q.flat().map((f) => (f < 0.5 ? 1 : 0))));
  expect(Math.abs(dropped(0) - 0.72)).toBeLessThan(0.15);
  expect(dropped(190)).toBeLessThan(0.1);
  for (const factor of factors({ skipDropout: 0.8 }, conv).flat(2))
    expect(factor).toBeCloseTo(1, 4);
});
it("α's gradient is that of the loss under the drawn mixture", () => {
  const settings = { hyper: { dropPath: 0.5, auxiliarySkip: 1, skipDropout: 0.5 }, steps: 3 };
  /** Gradient of the second step, and the loss there. */
  const at = (alpha: readonly (readonly number[])[]) => {
    const { problem } = choiceProblem(2);
    using search = stepper(cured(darts), problem, settings);
    search.step();
    const tensors = () => tensor2d(alpha.map((row) => [...row]));
    search.place({ alpha: { normal: tensors(), reduce: tensors() } });
    const { gradient, report } = search.step();
    return { gradient, loss: report["valLoss"]?.[0] as number };
  };
  const { gradient } = at(start);
  for (const [e, o] of [
    [0, skip],
    [3, conv],
    [4, 3],
  ] as const) {
    const moved = (d: number) =>
      at(start.map((row, i) => row.map((x, j) => (i === e && j === o ? x + d : x)))).loss;
    const slope = (moved(0.01) - moved(-0.01)) / 0.02;
    const own = (name: string) => gradient[name]?.[e * opNames.length + o] as number;
    const analytic = own("normal") + own("reduce");
    expect(Math.abs(analytic)).toBeGreaterThan(0.02);
    expect(Math.abs(analytic - slope)).toBeLessThan(0.02 * Math.abs(analytic) + 0.01);
  }
});

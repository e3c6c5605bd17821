/** @file EDAS: what is drawn moves, what is clamped does not, and nothing else is computed. */
import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { edas } from "../../src/engine/methods/edas.ts";
import { deriveStrongest } from "../../src/engine/spaces/derive.ts";
import type { AdamSpec, Hyper } from "../../src/protocol/spec.ts";
import { type Asked, choiceProblem, opNames, rowsOf, shares } from "../support/choices.ts";
import { numbersOf, stepper } from "../support/probe-step.ts";
import { plainSgd } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const adam: AdamSpec = { kind: "adam", lr: 0.01, beta1: 0.5, beta2: 0.999, decay: 1e-3 };
const names = ["normal", "reduce"] as const;
const cut = [0, 0, 0, 0];
const isOneHot = (row: readonly number[]) =>
  row.filter((x) => x === 1).length === 1 && row.filter((x) => x === 0).length === row.length - 1;

/** A search beyond its warm-up on a 4-node cell pair of 14 edges each. */
function search(hyper: Hyper = {}, seed = 1, weights = plainSgd(0.05)) {
  const { problem, asked } = choiceProblem();
  const complete = { warmup: 0, ...hyper };
  return {
    problem,
    asked,
    search: stepper(edas, problem, { hyper: complete, weights, alpha: adam, seed }),
  };
}
/** The edge that runs all candidates. */
const drawnIn = ({ active }: Asked, name: string): number =>
  (active?.[name] ?? []).findIndex((on) => on.length === opNames.length);

it("asks two questions a step, both with one drawn edge a group", () => {
  const { asked, search: s } = search();
  using run = s;
  run.step();
  expect(asked.map(({ split, wrt }) => [split, wrt])).toEqual([
    ["val", "mixture"],
    ["train", "weights"],
  ]);
  for (const question of asked)
    for (const name of names)
      expect(question.active?.[name]?.filter((on) => on.length === opNames.length)).toHaveLength(1);
});
it("moves the drawn edge's α and Adam's memory of it, and nothing else", () => {
  const { asked, search: s } = search();
  using run = s;
  for (let step = 0; step < 12; step++) {
    const before = parts(run.state);
    asked.length = 0;
    const { gradient } = run.step();
    const after = parts(run.state);
    for (const name of names) {
      const drawn = drawnIn(asked[0] as Asked, name);
      for (const [part, rows] of Object.entries(after)) {
        const moved = rowsOf(rows[name] as number[]).flatMap((row, e) =>
          String(row) === String(rowsOf(before[part]?.[name] as number[])[e]) ? [] : [e],
        );
        expect([part, moved]).toEqual([part, [drawn]]);
      }
      for (const [e, row] of rowsOf(gradient[name] as number[]).entries())
        if (e !== drawn) expect(row.map(Math.abs)).toEqual(cut);
        else expect(Math.max(...row.map(Math.abs))).toBeGreaterThan(0);
    }
  }
});
/** α and each part of its optimiser's state, as numbers. */
const parts = ({ alpha, alphaState }: ReturnType<typeof search>["search"]["state"]) =>
  Object.fromEntries(
    Object.entries({ alpha, ...alphaState }).map(([part, params]) => [part, numbersOf(params)]),
  );

it("draws every edge of every group, each group for itself", () => {
  const { asked, search: s } = search();
  using run = s;
  for (let step = 0; step < 150; step++) run.step();
  const draws = asked.filter(({ split }) => split === "val");
  const [normal, reduce] = names.map((name) => draws.map((question) => drawnIn(question, name)));
  expect(new Set(normal).size).toBe(14);
  expect(new Set(reduce).size).toBe(14);
  expect(normal).not.toEqual(reduce);
});

describe("clamping", () => {
  it("to what is derived: 8 of 14 edges and the drawn one, none of them none", () => {
    const { asked, search: s } = search();
    using run = s;
    for (let step = 0; step < 20; step++) run.step();
    for (const { mixture, active } of asked)
      for (const name of names) {
        const on = active?.[name] ?? [];
        const drawn = on.findIndex((ops) => ops.length === opNames.length);
        const clamped = on.flatMap((ops, e) => (e === drawn || ops.length === 0 ? [] : [e]));
        expect([7, 8]).toContain(clamped.length);
        for (const [e, row] of rowsOf(mixture[name] as number[]).entries()) {
          if (e === drawn) continue;
          expect(row[opNames.indexOf("none")]).toBe(0);
          expect(clamped.includes(e) ? isOneHot(row) : String(row) === String(cut)).toBe(true);
          expect(on[e]).toEqual(row.flatMap((x, o) => (x === 1 ? [o] : [])));
        }
      }
  });
  it("to the best candidate of every edge with kept = 0", () => {
    const { asked, search: s } = search({ kept: 0 });
    using run = s;
    run.step();
    const { mixture, active } = asked[0] as Asked;
    for (const name of names) {
      const drawn = drawnIn(asked[0] as Asked, name);
      for (const [e, row] of rowsOf(mixture[name] as number[]).entries())
        if (e !== drawn) {
          expect(isOneHot(row)).toBe(true);
          expect(active?.[name]?.[e]).toEqual([row.indexOf(1)]);
        }
    }
  });
  it("leaves the derived network itself where the drawn edge is as good as one-hot", () => {
    const { problem, asked, search: s } = search();
    using run = s;
    // 200 apart, a softmax in single precision is exactly one-hot; edges differ by tenths, so none ties.
    const alpha = problem.groups.map((group, g) => [
      group.name,
      group.edges.map((_, e) =>
        opNames.map((_, o) => (o === 1 + ((e + g) % 3) ? 200 : 0) + ((e * 7) % 14) / 10),
      ),
    ]);
    const matrices: Record<string, number[][]> = Object.fromEntries(alpha);
    let same = 0;
    for (let step = 0; step < 20; step++) {
      run.place({
        alpha: Object.fromEntries(
          names.map((name) => [name, tensor2d(matrices[name] as number[][])]),
        ),
      });
      asked.length = 0;
      run.step();
      for (const group of problem.groups) {
        const derived = deriveStrongest(
          group,
          Float32Array.from((matrices[group.name] as number[][]).flat()),
          2,
        );
        const question = asked[0] as Asked;
        const expected = group.edges.map(({ from, to }) => {
          const op = derived.find((edge) => edge.from === from && edge.to === to)?.op;
          return opNames.map((name) => (name === op ? 1 : 0));
        });
        const rows = rowsOf(question.mixture[group.name] as number[]);
        const drawn = drawnIn(question, group.name);
        expect(rows.filter((_, e) => e !== drawn)).toEqual(expected.filter((_, e) => e !== drawn));
        if (String(rows) === String(expected)) same++;
      }
    }
    expect(same).toBeGreaterThan(5); // the other draws fell on edges that are derived away
  });
});

describe("exploration", () => {
  it("warms up w on random one-hot paths while α and its optimiser wait", () => {
    const { asked, search: s } = search({ warmup: 0.2 });
    using run = s;
    const before = [run.state.alpha, ...Object.values(run.state.alphaState)].map(numbersOf);
    const w = numbersOf(run.state.weights);
    for (let step = 0; step < 20; step++) run.step(); // 20 of 100
    expect([run.state.alpha, ...Object.values(run.state.alphaState)].map(numbersOf)).toEqual(
      before,
    );
    expect(numbersOf(run.state.weights)).not.toEqual(w);
    const trained = asked.filter(({ split }) => split === "train");
    const seen = new Set<number>();
    for (const { mixture } of trained)
      for (const row of rowsOf(mixture["normal"] as number[])) {
        expect(isOneHot(row)).toBe(true);
        seen.add(row.indexOf(1));
      }
    expect(seen.size).toBe(opNames.length);
    expect(trained[0]?.mixture).not.toEqual(trained[1]?.mixture);
    run.step();
    expect(numbersOf(run.state.alpha)).not.toEqual(before[0]);
  });
  it("ε = 1 clamps at random, to any candidate but none; ε = 0 never", () => {
    const { asked, search: s } = search({ epsilon: 1 });
    using run = s;
    for (let step = 0; step < 30; step++) run.step();
    expect(clampedOps(asked)).toEqual(new Set([1, 2, 3]));
    const { asked: plain, search: t } = search({}, 1, plainSgd(0));
    using greedy = t;
    greedy.step();
    expect(String(plain[0]?.mixture["normal"])).not.toBe(String(asked[0]?.mixture["normal"]));
  });
  /** The candidates met on normal edge 0, when it is clamped. */
  const clampedOps = (asked: readonly Asked[]) =>
    new Set(
      asked.flatMap(({ active }) => {
        const on = active?.["normal"]?.[0] ?? [];
        return on.length === 1 ? on : [];
      }),
    );
  it("τ = 1 draws clamped candidates by their shares", () => {
    const row = [0, 0.5, 1.5, 0.2];
    const { problem, asked, search: s } = search({ kept: 0, tau: 1 }, 3, plainSgd(0));
    using run = s;
    const counts = opNames.map(() => 0);
    for (let step = 0; step < 60; step++) {
      const rows = problem.groups[0]?.edges.map(() => row) as number[][];
      run.place({ alpha: { normal: tensor2d(rows), reduce: tensor2d(rows) } });
      asked.length = 0;
      run.step();
      for (const name of names)
        for (const on of asked[0]?.active?.[name] ?? [])
          if (on.length === 1) counts[on[0] as number] = (counts[on[0] as number] as number) + 1;
    }
    const total = counts.reduce((a, b) => a + b, 0);
    expect(total).toBe(60 * 26);
    // Five standard deviations of a frequency over 1560 draws are at most 0.063.
    for (const [o, share] of shares(row).entries())
      expect(Math.abs((counts[o] as number) / total - share)).toBeLessThan(0.063);
  });
});

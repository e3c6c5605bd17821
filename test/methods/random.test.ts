/** @file The two random baselines: what they draw, what they keep, and that the tournament finds the best. */
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { random } from "../../src/engine/methods/random.ts";
import { rsps } from "../../src/engine/methods/rsps.ts";
import { deriveStrongest } from "../../src/engine/spaces/derive.ts";
import { type Asked, choiceProblem, opNames, rowsOf } from "../support/choices.ts";
import { numbersOf, stepper } from "../support/probe-step.ts";
import { plainSgd } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const weights = plainSgd(0.05);
const edgesOn = ({ active }: Asked, name: string) =>
  (active?.[name] ?? []).filter((on) => on.length > 0).length;

describe("random architecture", () => {
  it("never moves α, trains w on a new path every step", () => {
    const { problem, asked } = choiceProblem();
    using search = stepper(random, problem, { weights, alpha: plainSgd(1) });
    const [alpha, w] = [numbersOf(search.state.alpha), numbersOf(search.state.weights)];
    for (let step = 0; step < 10; step++) search.step();
    expect(numbersOf(search.state.alpha)).toEqual(alpha);
    expect(numbersOf(search.state.weights)).not.toEqual(w);
    const trained = asked.filter(({ wrt }) => wrt === "weights");
    expect(new Set(trained.map(({ active }) => JSON.stringify(active))).size).toBe(10);
    for (const question of trained) expect(edgesOn(question, "normal")).toBe(8);
  });
  it("draws derived architectures evenly from the seed", () => {
    const { problem } = choiceProblem();
    const group = problem.groups[0] as (typeof problem.groups)[0];
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < 60; seed++) {
      using search = stepper(random, problem, { seed });
      const alpha = Float32Array.from(numbersOf(search.state.alpha)["normal"] as number[]);
      for (const { op } of deriveStrongest(group, alpha, 2)) counts[op] = (counts[op] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(opNames.filter((op) => op !== "none").sort());
    // 480 edges over three candidates: 160 each, ±50 is five standard deviations.
    for (const count of Object.values(counts)) expect(Math.abs(count - 160)).toBeLessThan(50);
  });
  it("gives every edge a candidate with kept = 0", () => {
    const { problem, asked } = choiceProblem();
    using search = stepper(random, problem, { hyper: { kept: 0 } });
    search.step();
    expect(edgesOn(asked[0] as Asked, "reduce")).toBe(14);
  });
});

describe("random search with weight sharing", () => {
  it("compares leader and challenger on one batch and keeps the better in α", () => {
    const { problem, asked } = choiceProblem();
    using search = stepper(rsps, problem, { weights });
    let changes = 0;
    for (let step = 0; step < 30; step++) {
      const before = numbersOf(search.state.alpha);
      asked.length = 0;
      const { report } = search.step();
      const after = numbersOf(search.state.alpha);
      const [trained, challenger, leader] = asked as [Asked, Asked, Asked];
      expect(asked.map(({ split }) => split)).toEqual(["train", "val", "val"]);
      expect(leader.mixture).toEqual(before);
      expect(trained.mixture).not.toEqual(challenger.mixture);
      const changed = String(after["normal"]) !== String(before["normal"]);
      expect(after).toEqual(changed ? challenger.mixture : before);
      if (changed) changes++;
      expect(report["valLoss"]?.[0]).toBeLessThan(Infinity);
    }
    expect(changes).toBeGreaterThan(0);
    expect(changes).toBeLessThan(30);
  });
  it("derives exactly the leader's path", () => {
    const { problem } = choiceProblem();
    using search = stepper(rsps, problem, { weights });
    for (let step = 0; step < 5; step++) search.step();
    const alpha = numbersOf(search.state.alpha);
    for (const group of problem.groups) {
      const values = alpha[group.name] as number[];
      const derived = deriveStrongest(group, Float32Array.from(values), 2);
      const rows = rowsOf(values);
      const led = group.edges.flatMap((edge, e) =>
        (rows[e] as number[]).includes(1)
          ? [{ ...edge, op: opNames[rows[e]?.indexOf(1) as number] }]
          : [],
      );
      expect(led).toHaveLength(8);
      expect(new Set(derived.map((d) => JSON.stringify(d)))).toEqual(
        new Set(led.map((d) => JSON.stringify(d))),
      );
    }
  });
  it("with weights at rest its leader's loss only falls", () => {
    const { problem } = choiceProblem();
    using search = stepper(rsps, problem, { weights: plainSgd(0) });
    const losses = Array.from({ length: 40 }, () => search.step().report["valLoss"]?.[0] as number);
    for (const [i, loss] of losses.slice(1).entries())
      expect(loss).toBeLessThanOrEqual(losses[i] as number);
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] as number));
  });
});

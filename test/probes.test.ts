/** @file Probes: what they find where the answer is known, that they change nothing, and what is counted. */
import {
  add,
  dispose,
  matMul,
  memory,
  mul,
  reshape,
  type Scalar,
  scalar,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { bindWasm } from "../src/engine/bind/wasm.ts";
import { createRng } from "../src/engine/core/rng.ts";
import { eigenvalues } from "../src/engine/probes/eigen.ts";
import { probes } from "../src/engine/probes/index.ts";
import { lambda } from "../src/engine/probes/lambda.ts";
import type { Batch, BoundProblem } from "../src/engine/problem.ts";
import type { Run } from "../src/engine/run/run.ts";
import type { RunSpec, Steer } from "../src/protocol/spec.ts";
import { compatible, make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const spec = specOf("darts", "darts-conv", "blobs");
/** Hands on α so that every edge is one-hot: `choose` names the column. */
const decide = ({ groups }: Run, choose: (group: string, edge: number) => number): Steer[] =>
  groups.flatMap(({ name, edges, ops }) =>
    edges.flatMap((_, edge) =>
      ops.map((_, op) => ({ group: name, edge, op, set: op === choose(name, edge) ? 100 : -100 })),
    ),
  );

describe("λ_max", () => {
  /** L = ½ αᵀHα + bᵀα with α as its own mixture. */
  function quadratic(edges: number, ops: number): { problem: BoundProblem; H: Float32Array } {
    const n = edges * ops;
    const noise = createRng(3).normal(n * n);
    const H = noise.map((_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return ((noise[i * n + j] as number) + (noise[j * n + i] as number)) / 2 + (i === j ? 1 : 0);
    });
    const group = {
      name: "cell",
      kind: "choice" as const,
      nodes: 2,
      inputs: 1,
      edges: Array.from({ length: edges }, () => ({ from: 0, to: 1 })),
      ops: Array.from({ length: ops }, (_, i) => `op${i}`),
    };
    const problem: BoundProblem = {
      groups: [group],
      initWeights: () => ({}),
      initAlpha: () => ({}),
      relax: (alpha) => ({ weights: alpha as never }),
      pullBack: (_, gradient) => gradient,
      lossAndGrad(_, { weights }) {
        const a = reshape(weights["cell"] as Tensor, [n, 1]);
        const Ha = matMul(tensor2d(H, [n, n]), a);
        const gradient = add(Ha, 0.3);
        return {
          loss: add(mul(0.5, sum(mul(a, Ha))), mul(0.3, sum(a))) as Scalar,
          weights: undefined,
          mixture: { cell: reshape(gradient, [edges, ops]) },
        } as never;
      },
      dispose: () => {},
    };
    return { problem, H };
  }
  it.each([
    ["the whole Hessian", 3, 5],
    ["power iteration", 9, 7],
  ])("is the exact eigenvalue by %s", async (_, edges, ops) => {
    const { problem, H } = quadratic(edges, ops);
    const n = edges * ops;
    const exact = eigenvalues(Float64Array.from(H), n).at(-1) as number;
    const alphaOnHost = { cell: createRng(5).normal(n) };
    const alpha = { cell: tensor2d(alphaOnHost.cell, [edges, ops]) };
    const batch: Batch = { split: "val", x: scalar(0), y: tensor1d([0], "int32") };
    const before = memory().numTensors;
    const { lambdaMax, deviation, batches } = await lambda.measure({
      ...{ problem, weights: {}, alpha, alphaOnHost, rng: createRng(1) },
      derive: () => ({ space: "", groups: {}, text: "" }),
      batches: [batch, batch],
    });
    // Power iteration stops where its value stands still to 1e-3.
    expect(lambdaMax).toBeGreaterThan(exact * (n > 40 ? 0.995 : 0.999));
    expect(lambdaMax).toBeLessThan(exact * 1.001);
    expect(deviation).toBeLessThan(1e-3 * exact);
    expect(batches).toBe(2);
    expect(memory().numTensors).toBe(before);
    dispose([alpha.cell, batch.x, batch.y]);
  });
});

describe("the discretisation gap", () => {
  it.each([
    ["wasm", bindWasm],
    ["reference", bindReference],
  ])("is 0 in both parts for a one-hot mixture with none on what is cut (%s)", async (_, bind) => {
    using run = await make(spec, undefined, bind);
    // Node 2 has two edges, and both are kept.
    run.tune({ steer: decide(run, (_group, edge) => (edge === 0 ? 4 : 3)) });
    const { values } = await run.probe("gap");
    for (const part of ["gap", "gapFromOperations", "gapFromEdges"])
      expect(Math.abs(values[part] as number), part).toBeLessThan(1e-6);
    expect(values["mixtureAccuracy"]).toBe(values["cutAccuracy"]);
  });
  it("is 0 where dropped edges are one-hot on none, and not where they are on a skip", async () => {
    const wide = { ...spec, spaceHyper: { ...spec.spaceHyper, nodes: 2 } };
    const gapWith = async (third: number) => {
      using run = await make(wide);
      const steers = decide(run, (_group, edge) => (edge === 4 ? third : 4));
      run.tune({ steer: steers });
      return (await run.probe("gap")).values;
    };
    const none = await gapWith(0);
    expect(Math.abs(none["gap"] as number)).toBeLessThan(1e-6);
    const skip = await gapWith(3);
    expect(Math.abs(skip["gapFromOperations"] as number)).toBeLessThan(1e-6);
    expect(Math.abs(skip["gapFromEdges"] as number)).toBeGreaterThan(1e-3);
  });
  it("is of operations alone where all edges stay, however strong none is on them", async () => {
    using run = await make(spec);
    const steer = run.groups.flatMap(({ name, edges, ops }) =>
      edges.map((_, edge) => ({ group: name, edge, op: ops.indexOf("none"), set: 2 })),
    );
    run.tune({ steer });
    const { values } = await run.probe("gap");
    expect(values["gapFromEdges"]).toBe(0);
    expect(Math.abs(values["gapFromOperations"] as number)).toBeGreaterThan(1e-3);
  });
  it("is the sum of its parts, and ends at the derived network's loss", async () => {
    using run = await make(spec);
    await run.step(2);
    const { values, passes } = await run.probe("gap");
    const of = (name: string) => values[name] as number;
    expect(of("gapFromOperations") + of("gapFromEdges")).toBeCloseTo(of("gap"), 5);
    expect(of("cutLoss") - of("mixtureLoss")).toBeCloseTo(of("gap"), 5);
    expect(of("mixtureLoss")).toBeCloseTo((await run.evaluate()).loss, 5);
    // Three networks on the two full batches that the made-up half has.
    expect(passes).toBe(6);
  });
});

describe.each(compatible.filter(([method]) => ["darts", "edas", "rarts"].includes(method)))(
  "probing %s on %s / %s",
  (method, space, task) => {
    // The toy and channel scores are numbers: there is nothing to choose.
    const isChoice = space !== "toy" && space !== "width";
    const applicable = isChoice ? probes : [];
    it("changes nothing, frees what it made, and repeats itself", async () => {
      const before = memory().numTensors;
      {
        const own: RunSpec = specOf(method, space, task);
        using watched = await make(own);
        using other = await make(own);
        await watched.step(1);
        await other.step(1);
        const tensors = memory().numTensors;
        for (const { id } of applicable) {
          const first = await watched.probe(id);
          const { values } = await watched.probe(id);
          expect(values, id).toEqual(first.values);
          expect(first).toMatchObject({ probe: id, step: 1 });
          for (const value of Object.values(values)) expect(value, id).not.toBeNaN();
        }
        expect(memory().numTensors).toBe(tensors);
        const [a, b] = [await watched.step(2), await other.step(2)];
        expect(a.alpha).toEqual(b.alpha);
        expect(a.records).toEqual(b.records);
        expect(a.spent).toEqual(b.spent);
      }
      expect(memory().numTensors).toBe(before);
    });
    it("is refused where there is nothing to choose, and for an unknown name", async () => {
      using run = await make(specOf(method, space, task));
      await expect(run.probe("sharp")).rejects.toThrow('no probe "sharp"; there are alpha, gap');
      if (isChoice) return;
      await expect(run.probe("gap")).rejects.toThrow(`nothing to measure in space "${space}"`);
    });
  },
);

describe("what steps took", () => {
  const spentBy = async (method: string, hyper: Record<string, number> = {}) => {
    using run = await make({ ...specOf(method, "darts-conv", "blobs"), hyper });
    return (await run.step(2)).spent;
  };
  it.each([
    ["darts", {}, 2],
    ["darts", { xi: 0.01 }, 5],
    ["rarts", {}, 4],
    ["rarts", { reuseGradients: 1 }, 2],
    ["milenas", {}, 3],
  ])("%s %o makes %i gradient passes a step", async (method, hyper, passes) => {
    const spent = await spentBy(method, hyper as Record<string, number>);
    expect(spent?.gradients).toBe(2 * passes);
    expect(spent?.multiplyAdds).toBeGreaterThan(0);
  });
  it("counts work, not estimates: second order costs more than first, a single path less", async () => {
    const work = async (method: string, hyper = {}) => (await spentBy(method, hyper))?.multiplyAdds;
    const first = await work("darts");
    expect(await work("darts", { xi: 0.01 })).toBeGreaterThan(2 * (first as number));
    expect(await work("gdas")).toBeLessThan(first as number);
  });
  it("has a peak that grows with the second weight copy, and nothing without steps", async () => {
    const [one, two] = [await spentBy("darts"), await spentBy("rarts")];
    expect(two?.peakBytes).toBeGreaterThan(one?.peakBytes as number);
    using run = await make(spec);
    expect((await run.step(0)).spent).toBeUndefined();
  });
});

describe("an edge's part in the gap", () => {
  it("is the whole gap where all other edges are decided already, and 0 on those", async () => {
    using run = await make(spec);
    // Edge 0 is mixed; the genotype keeps its largest candidate, and all of the others as they are.
    const steer = decide(run, () => 4).map((entry) =>
      entry.group === "reduce" && entry.edge === 0
        ? { ...entry, set: entry.op === 4 ? 2 : 0 }
        : entry,
    );
    run.tune({ steer });
    const { values } = await run.probe("edges");
    expect(Math.abs(values["gap"] as number)).toBeGreaterThan(1e-3);
    expect(values["reduce.0"]).toBeCloseTo(values["gap"] as number, 6);
    for (const name of ["normal.0", "normal.1", "reduce.1"])
      expect(Math.abs(values[name] as number), name).toBeLessThan(1e-6);
  });
  it("of a dropped edge is what its absence costs", async () => {
    const wide = { ...spec, spaceHyper: { ...spec.spaceHyper, nodes: 2 } };
    using run = await make(wide);
    // The fifth edge is a skip that loses against the others of its node: there are two too many.
    run.tune({ steer: decide(run, (_group, edge) => (edge === 4 ? 3 : 4)) });
    const { values, passes } = await run.probe("edges");
    const dropped = Object.keys(values).filter(
      (name) => name !== "gap" && Math.abs(values[name] as number) > 1e-4,
    );
    expect(dropped.length).toBeGreaterThan(0);
    expect(passes).toBe(2 * (2 * 5 + 2));
  });
});

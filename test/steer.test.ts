/** @file Hands on α: what is pinned stays bit for bit, what is masked weighs nothing, and nothing else changes. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindWasmOn } from "../src/engine/bind/wasm.ts";
import type { Bind } from "../src/engine/problem.ts";
import type { Force, RunSpec, Steer } from "../src/protocol/spec.ts";
import { compatible, make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

// A supernet of one cell has its reduction cell only: the last group is the one that learns.

/** On the first operation of a group's first edge. */
const first = (group: string, over: Partial<Steer>): Steer => ({ group, edge: 0, op: 0, ...over });

/** Binds as other runs are bound and notes every mixture that is asked about. */
function noting(seen: Record<string, number[]>[]): Bind {
  return async (...args) => {
    const problem = await bindWasmOn(1)(...args);
    return {
      ...problem,
      lossAndGrad(weights, mixture, batch, wrt) {
        const rows = Object.entries(mixture.weights).map(([name, m]) => [name, [...m.dataSync()]]);
        seen.push(Object.fromEntries(rows));
        return problem.lossAndGrad(weights, mixture, batch, wrt);
      },
    };
  };
}

describe.each(compatible)("%s on %s / %s", (method, space, task) => {
  const spec: RunSpec = { ...specOf(method, space, task), steps: 8 };

  it("keeps a pinned α bit for bit, and leaks nothing", async () => {
    const before = memory().numTensors;
    {
      using run = await make(spec);
      const { groups } = run;
      const name = groups.at(-1)?.name as string;
      run.tune({ steer: [first(name, { set: 0.3, force: "pin" })] });
      const pinned = Math.fround(0.3);
      expect((await run.step(0)).alpha[name]?.[0]).toBe(pinned);
      const { trace } = await run.step(4);
      const width =
        (run.groups.at(-1)?.edges.length as number) * (run.groups.at(-1)?.ops.length as number);
      for (let row = 0; row < 4; row++) expect(trace[name]?.[row * width]).toBe(pinned);
    }
    expect(memory().numTensors).toBe(before);
  });

  it("is the same run without a hand, and with one that moves nothing", async () => {
    using plain = await make(spec);
    using touched = await make(spec);
    const name = plain.groups.at(-1)?.name as string;
    const alpha = (await touched.step(0)).alpha[name]?.[0] as number;
    touched.tune({ steer: [first(name, { set: alpha, force: "hold" })] });
    touched.tune({ steer: [first(name, { force: "none" })] });
    expect(touched.spec).toEqual(plain.spec);
    const [a, b] = [await plain.step(4), await touched.step(4)];
    expect(b.trace).toEqual(a.trace);
    expect(b.records).toEqual(a.records);
  });

  it("resumes exactly with hands on, and begins with those of its spec", async () => {
    using whole = await make(spec);
    const choices = whole.groups.filter(({ kind }) => kind === "choice");
    const name = whole.groups.at(-1)?.name as string;
    const op = Math.max(0, (whole.groups.at(-1)?.ops.length as number) - 1);
    whole.tune({
      steer: [
        first(name, { force: "pin" }),
        ...(op > 0 ? [first(name, { op, set: 1, force: "hold" })] : []),
        ...choices.map((g) => first(g.name, { op: 1, force: "mask" })),
      ],
    });
    using begun = await make(whole.spec);
    await whole.step(2);
    using resumed = await make(spec, await whole.checkpoint());
    expect(resumed.spec).toEqual(whole.spec);
    await begun.step(2);
    const [a, b, c] = [await whole.step(3), await resumed.step(3), await begun.step(3)];
    expect(b.trace).toEqual(a.trace);
    expect(b.records).toEqual(a.records);
    expect(c.trace).toEqual(a.trace);
  });

  // The toy and channel scores have nothing to choose from.
  if (space === "toy" || space === "width") return;
  it("gives a masked operation no weight anywhere", async () => {
    const seen: Record<string, number[]>[] = [];
    using run = await make(spec, undefined, noting(seen));
    const { groups } = run;
    // The operation that weighs most on each edge, `none` excepted, which is not always offered.
    const alpha = (await run.step(0)).alpha;
    const masks = groups.flatMap(({ name, edges, ops }) =>
      edges.map((_, edge) => {
        const row = alpha[name]?.subarray(
          edge * ops.length,
          (edge + 1) * ops.length,
        ) as Float32Array;
        return { group: name, edge, op: row.indexOf(Math.max(...row)), force: "mask" } as const;
      }),
    );
    run.tune({ steer: masks });
    for (let i = 0; i < 3; i++) await run.step();
    expect(seen.length).toBeGreaterThan(3);
    for (const mixture of seen)
      for (const { group, edge, op } of masks) {
        const width = groups.find((g) => g.name === group)?.ops.length as number;
        const row = mixture[group]?.slice(edge * width, (edge + 1) * width) as number[];
        expect(row[op]).toBe(0);
        const sum = row.reduce((a, b) => a + b, 0);
        if (sum !== 0) expect(sum).toBeCloseTo(1, 5);
      }
    // Its genotype is given, not derived.
    if (method === "fixed") return;
    const { genotype } = await run.step(0);
    for (const { name, edges, ops } of groups)
      for (const { from, to, op } of genotype.groups[name] ?? []) {
        const edge = edges.findIndex((e) => e.from === from && e.to === to);
        expect(masks.find((m) => m.group === name && m.edge === edge)?.op).not.toBe(
          ops.indexOf(op),
        );
      }
  });
});

it("pulls a held α towards its value, and lets go of it", async () => {
  using run = await make({ ...specOf("darts", "darts-conv", "blobs"), steps: 100 });
  const alphaNow = async () => (await run.step(1)).alpha["reduce"]?.[0] as number;
  run.tune({ steer: [{ group: "reduce", edge: 0, op: 0, set: 0 }] });
  const far = { group: "reduce", edge: 0, op: 0, force: "hold" } as const;
  run.tune({ steer: [far] });
  await run.step(20);
  const near = await alphaNow();
  expect(Math.abs(near)).toBeLessThan(0.02);
  run.tune({ steer: [{ ...far, set: 3, force: "none" }] });
  expect(await alphaNow()).toBeCloseTo(3, 1);
  expect(run.spec.forces).toBeUndefined();
});

it("tells of a genotype that a hand has changed with the first step after it, and once", async () => {
  using run = await make({ ...specOf("darts", "darts-conv", "blobs"), steps: 100 });
  const name = run.groups.at(-1)?.name as string;
  await run.step(2);
  const [edge] = (await run.step(0)).genotype.groups[name] ?? [];
  const ops = run.groups.at(-1)?.ops as readonly string[];
  const other = ops.indexOf(edge?.op === "skip_connect" ? "sep_conv_3x3" : "skip_connect");
  const place = run.groups
    .at(-1)
    ?.edges.findIndex(({ from, to }) => from === edge?.from && to === edge.to) as number;
  run.tune({ steer: [{ group: name, edge: place, op: other, set: 50 }] });
  const { changes, genotype } = await run.step(2);
  expect(changes[0]?.steps).toBe(3);
  expect(changes[0]?.genotype.groups[name]).toContainEqual({ ...edge, op: ops[other] });
  expect(changes.at(-1)?.genotype.text).toBe(genotype.text);
  const texts = changes.map((change) => change.genotype.text);
  expect(new Set(texts).size).toBe(texts.length);
});

it("gives a lifted mask the α it had", async () => {
  using run = await make({ ...specOf("darts", "darts-conv", "blobs"), steps: 100 });
  const entry = { group: "reduce", edge: 0, op: 2 };
  run.tune({ steer: [{ ...entry, set: 0.7, force: "mask" }] });
  await run.step(3);
  run.tune({ steer: [{ ...entry, force: "none" }] });
  expect((await run.step(0)).alpha["reduce"]?.[2]).toBe(Math.fround(0.7));
});

describe("refuses", () => {
  const entry = { group: "reduce", edge: 0, op: 0 };
  it.each<readonly [Partial<Steer>, string]>([
    [{ group: "nope" }, 'no group "nope"; there are normal, reduce'],
    [{ edge: 2 }, 'no "reduce", edge 2, operation 0; edges are 0 to 1 and operations 0 to 7'],
    [{ op: 1.5 }, "operation 1.5"],
    [{ set: Number.NaN }, "α = NaN on"],
    [{ set: 1e9 }, "outside [−1000, 1000]"],
  ])("%o", async (patch, message) => {
    using run = await make(specOf("darts", "darts-conv", "blobs"));
    const before = run.spec;
    expect(() => run.tune({ steer: [{ ...entry, ...patch }] })).toThrow(message);
    expect(run.spec).toEqual(before);
  });
  it("a mask on an edge's last operation, and changes nothing by it", async () => {
    using run = await make(specOf("darts", "darts-conv", "blobs"));
    const all =
      run.groups.at(-1)?.ops.map((_, op) => ({ ...entry, op, force: "mask" }) as const) ?? [];
    const { alpha } = await run.step(0);
    expect(() => run.tune({ steer: all })).toThrow("leaves the edge no operation to keep");
    expect((await run.step(0)).alpha).toEqual(alpha);
    run.tune({ steer: all.slice(0, -1) });
  });
  it("masks where nothing is chosen", async () => {
    using run = await make(specOf("darts", "toy", "toy"));
    const steer: Steer[] = [{ group: "alpha", edge: 0, op: 0, force: "mask" }];
    expect(() => run.tune({ steer })).toThrow('"alpha" has no candidates to mask, only numbers');
  });
  it("two forces on one entry, and frees what it made", async () => {
    const force: Force = { ...entry, kind: "pin", value: 0 };
    const before = memory().numTensors;
    const spec = { ...specOf("darts", "darts-conv", "blobs"), forces: [force, force] };
    await expect(make(spec)).rejects.toThrow("two forces on");
    expect(memory().numTensors).toBe(before);
  });
});

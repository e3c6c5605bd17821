/** @file Explained steps: α's trace is the same to the last bit, and what is told adds up to what α did. */
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import type { Explained } from "../src/protocol/explained.ts";
import type { Burst } from "../src/protocol/messages.ts";
import type { RunSpec } from "../src/protocol/spec.ts";
import { compatible, make, plainSgd, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const sgd = plainSgd(0.1);
const firstAdam = { kind: "adam", lr: 3e-3, beta1: 0.5, beta2: 0.999, decay: 0 } as const;

/** α before a step, the explained step, and what its terms add up to. */
async function explainedStep(spec: RunSpec) {
  using run = await make(spec);
  const before = (await run.step(0)).alpha;
  const burst = await run.step(1, true);
  const told = burst.explained as Explained;
  const terms = run.phases.find(({ moves }) => moves === "alpha")?.terms ?? [];
  const moved = Object.entries(burst.alpha).flatMap(([name, now]) =>
    Array.from(now, (a, i) => a - (before[name]?.[i] ?? 0)),
  );
  const sum = Object.entries(burst.alpha).flatMap(([name, now]) =>
    Array.from(now, (_, i) => told.terms.reduce((total, t) => total + (t[name]?.[i] ?? 0), 0)),
  );
  return { before, burst, told, terms, moved, sum };
}
const close = (a: readonly number[], b: readonly number[]) => {
  const size = Math.max(...b.map(Math.abs));
  for (const [i, x] of a.entries())
    expect(Math.abs(x - (b[i] as number))).toBeLessThan(2e-3 * size + 1e-7);
};

describe("a step that explains itself", () => {
  it.each(compatible.filter(([, , task]) => task !== "letters"))(
    "is the same to the last bit: %s, %s, %s",
    async (method, space, task) => {
      const hyper = method === "edas" ? { warmup: 0.5 } : {};
      const spec = { ...specOf(method, space, task), hyper };
      using plain = await make(spec);
      using told = await make(spec);
      const bursts: [Burst, Burst][] = [];
      for (let i = 0; i < 3; i++) bursts.push([await plain.step(), await told.step(1, true)]);
      for (const [a, b] of bursts) {
        expect(b.trace).toEqual(a.trace);
        expect(b.records).toEqual(a.records);
        expect(a.explained).toBeUndefined();
        expect(b.explained).toBeDefined();
        expect(b.spent?.gradients).toBe(a.spent?.gradients);
      }
      const terms = told.phases.find(({ moves }) => moves === "alpha")?.terms ?? [];
      const last = bursts.at(-1)?.[1];
      expect(last?.explained?.terms.length).toBe(terms.length);
      // What a phase says it runs is told, and nothing besides.
      const clamps = new Set(told.phases.flatMap(({ clamps }) => clamps ?? []));
      const { ran = {} } = last?.explained ?? {};
      expect(new Set(Object.keys(ran))).toEqual(clamps);
      for (const draw of Object.values(ran))
        for (const [name, row] of Object.entries(draw))
          expect(row.length).toBe(last?.alpha[name]?.length);
    },
  );

  const searching = [
    ["darts", { xi: 0 }, 1],
    ["darts", { xi: 0.1 }, 2],
    ["rarts", { lambda: 3 }, 2],
    ["milenas", { lambda: 3 }, 2],
    ["edas", { warmup: 0 }, 1],
  ] as const;
  it.each(searching)("adds up to what α did: %s %o", async (method, hyper, count) => {
    const plain = specOf(method, "darts-conv", "blobs");
    for (const alphaOptimizer of [sgd, { ...sgd, clip: 1e-3 }, firstAdam]) {
      const made = await explainedStep({ ...plain, hyper, alphaOptimizer });
      expect(made.terms.length).toBe(count);
      expect(made.told.terms.length).toBe(count);
      expect(Math.max(...made.moved.map(Math.abs))).toBeGreaterThan(0);
      close(made.sum, made.moved);
    }
  });
  it("tells parts of different sizes: λ makes its own term larger", async () => {
    const spec = { ...specOf("rarts", "darts-conv", "blobs"), alphaOptimizer: sgd };
    const size = (of: Readonly<Record<string, Float32Array>> | undefined) =>
      Math.max(...Object.values(of ?? {}).flatMap((row) => Array.from(row, Math.abs)));
    const [small, large] = await Promise.all(
      [0.01, 1000].map(async (lambda) => {
        const { told } = await explainedStep({ ...spec, hyper: { lambda } });
        return size(told.terms[0]) / size(told.terms[1]);
      }),
    );
    expect(large).toBeGreaterThan(100 * (small as number));
  });
});

describe("EDAS", () => {
  it("says which edge it drew: its row is a softmax, the others are one candidate or none", async () => {
    const spec = { ...specOf("edas", "darts-conv", "blobs"), hyper: { warmup: 0 } };
    const { told, before } = await explainedStep(spec);
    expect(Object.keys(told.terms[0] ?? {})).toEqual(["reduce"]);
    for (const [name, ran] of Object.entries(told.ran?.["m"] ?? {})) {
      const ops = (before[name] as Float32Array).length / 2;
      const rows = Array.from({ length: ran.length / ops }, (_, e) => [
        ...ran.subarray(e * ops, (e + 1) * ops),
      ]);
      const relaxed = rows.filter((row) => row.filter((x) => x > 0).length > 1);
      expect(relaxed.length).toBe(1);
      for (const row of rows.filter((r) => !relaxed.includes(r)))
        expect([0, 1]).toContain(row.reduce((a, b) => a + b, 0));
      const pull = told.terms[0]?.[name];
      if (!pull) continue; // a cell that this small network does not have
      const pulled = Array.from({ length: rows.length }, (_, e) =>
        pull.subarray(e * ops, (e + 1) * ops).some((x) => x !== 0),
      );
      expect(pulled).toEqual(rows.map((row) => relaxed.includes(row)));
    }
  });
  it("has nothing to tell of α during its warm-up but the path", async () => {
    const spec = { ...specOf("edas", "darts-conv", "blobs"), hyper: { warmup: 1 } };
    const { told } = await explainedStep(spec);
    expect(told.terms).toEqual([]);
    expect(Object.keys(told.ran?.["m"] ?? {})).toEqual(["normal", "reduce"]);
  });
});

describe("methods that run one candidate an edge", () => {
  it.each([
    ["gdas", {}, ["h", "h′"]],
    ["rsps", { kept: 0 }, ["a", "b"]],
    ["random", { kept: 0 }, ["a"]],
  ] as const)("%s tells each of its draws", async (method, hyper, names) => {
    const { told, before } = await explainedStep({
      ...specOf(method, "darts-conv", "blobs"),
      hyper,
    });
    const draws = names.map((name) => told.ran?.[name] ?? {});
    for (const draw of draws)
      for (const [name, ran] of Object.entries(draw)) {
        const ops = (before[name] as Float32Array).length / 2;
        for (const edge of [0, 1])
          expect(
            ran
              .slice(edge * ops, (edge + 1) * ops)
              .toSorted()
              .slice(-2),
          ).toEqual(Float32Array.of(0, 1));
      }
    expect(draws.every((draw) => Object.keys(draw).length === 2)).toBe(true);
    // Drawn anew for α: the same candidate on every edge of both cells would be chance.
    expect(new Set(draws.map((draw) => JSON.stringify(draw))).size).toBe(names.length);
  });
});

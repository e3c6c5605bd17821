/** @file The compiled engine against the oracle in doubles, and its switches against itself. */
import { describe, expect, it } from "vitest";
import { against, darts, evaluate, randomPoint } from "../../../test/support/compiled.ts";
import { layerNetworks } from "../../../test/support/layer-networks.ts";
import { distance } from "../../../test/support/matrices.ts";
import { compile } from "../compiler/compile.ts";
import { costOf } from "../compiler/cost.ts";
import { type Active, type Learning, select } from "../compiler/select.ts";
import type { Network } from "../network/network.ts";
import { WasmExecutor } from "./executor.ts";
import type { Point, Result } from "./slot.ts";

const values = (part: Result["mixture"] = {}): number[] =>
  Object.values(part).flatMap((matrix) => Array.from(matrix));
const keeps = ["all", "filters", "convolutions", "states"] as const;

describe("every kind of layer", () => {
  it.each(layerNetworks())("$name", async ({ network, batch }) => {
    const point = randomPoint(network, batch);
    for (const keep of keeps) {
      const errors = against(
        network,
        batch,
        point,
        await evaluate(network, batch, point, { keep }),
      );
      // Batch norm over few samples loses digits in single precision, in any engine.
      for (const [what, error] of Object.entries(errors))
        expect(error, `${what}, ${keep}`).toBeLessThan(2e-5);
    }
  });
});

describe("every single candidate", () => {
  const mixtures = layerNetworks().filter(({ name }) => /mixture of norms|pool in/.test(name));
  it.each(mixtures)("$name", async ({ network, batch }) => {
    const point = randomPoint(network, batch);
    const { edges = 0, ops = 0 } = compile(network, batch).mixture.groups[0] ?? {};
    const executor = await WasmExecutor.create(compile(network, batch));
    for (let i = 0; i < edges * ops; i++) {
      const active = { g: Array.from({ length: edges }, (_, e) => [(i + e) % ops, i % ops]) };
      const masked = { ...point, active };
      const errors = against(network, batch, masked, executor.lossAndGrad(masked));
      for (const error of Object.values(errors))
        expect(error, JSON.stringify(active)).toBeLessThan(2e-5);
    }
    executor.dispose();
  });
});

describe("whole networks", () => {
  it.each([
    [2, 4, 3, 8, 3],
    [3, 2, 2, 12, 5],
    [5, 1, 1, 6, 4],
  ])(
    "agrees with the oracle: C = %i, %i cells, %i nodes, %i pixels, batch %i",
    async (c, cells, nodes, size, batch) => {
      const network = darts(c, cells, nodes, size);
      const point = randomPoint(network, batch, size);
      const errors = against(network, batch, point, await evaluate(network, batch, point));
      for (const error of Object.values(errors)) expect(error).toBeLessThan(2e-5);
    },
  );

  it("gives the same bits whatever it keeps", async () => {
    const network = darts(4, 3, 2, 8);
    const point = randomPoint(network, 4);
    const [all, ...others] = await Promise.all(
      keeps.map((keep) => evaluate(network, 4, point, { keep })),
    );
    for (const other of others) expect(other).toEqual(all);
  });
});

describe("run-time switches", () => {
  const network = darts(4, 3, 2, 8);
  const batch = 6;
  const point = randomPoint(network, batch);
  const plan = compile(network, batch);
  const masks: readonly [string, Active][] = [
    [
      "one candidate an edge",
      { normal: [[4], [5], [6], [7], [1]], reduce: [[3], [2], [1], [4], [3]] },
    ],
    [
      "pools of one kind, an edge without any",
      { normal: [[1], [], [2, 3], [0], [1, 2]], reduce: [[0, 1], [3], [], [2, 5], [6]] },
    ],
    ["one group only", { reduce: [[3, 4], [1], [2], [0, 7], [3]] }],
  ];

  it.each(masks)("a mask equals a network compiled without the others: %s", async (_, active) => {
    const executor = await WasmExecutor.create(plan);
    executor.lossAndGrad(point);
    const masked = executor.lossAndGrad({ ...point, active });
    executor.dispose();
    const reduced = without(network, active);
    const fresh = await evaluate(reduced, batch, point);
    expect(masked.loss).toBeCloseTo(fresh.loss, 5);
    expect(distance(masked.logits, fresh.logits)).toBeLessThan(1e-5);
    expect(distance(masked.weights ?? [], fresh.weights ?? [])).toBeLessThan(2e-5);
    expect(distance(values(masked.mixture), values(fresh.mixture))).toBeLessThan(2e-5);
    const errors = against(network, batch, { ...point, active }, masked);
    for (const error of Object.values(errors)) expect(error).toBeLessThan(2e-5);
    for (const [group, edges] of Object.entries(active))
      edges.forEach((on, edge) => {
        for (let op = 0; op < 8; op++)
          if (!on.includes(op)) expect(masked.mixture?.[group]?.[edge * 8 + op]).toBe(0);
      });
  });

  it("a mask of everything leaves the classifier's bias to learn", async () => {
    const active = Object.fromEntries(
      plan.mixture.groups.map(({ name, edges }) => [name, Array.from({ length: edges }, () => [])]),
    );
    const executor = await WasmExecutor.create(plan);
    executor.lossAndGrad(point);
    const result = executor.lossAndGrad({ ...point, active });
    executor.dispose();
    const errors = against(network, batch, { ...point, active }, result);
    for (const error of Object.values(errors)) expect(error).toBeLessThan(2e-5);
    expect(values(result.mixture).every((g) => g === 0)).toBe(true);
  });

  it.each(keeps)("part of the gradients equals all of them (%s)", async (keep) => {
    const executor = await WasmExecutor.create(compile(network, batch, { keep }));
    const at = (wrt: Point["wrt"], active?: Active): Result =>
      executor.lossAndGrad({ ...point, wrt, active });
    for (const active of [undefined, masks[1]?.[1]]) {
      const { weights, mixture, ...rest } = at("both", active);
      expect(at("mixture", active)).toEqual({ ...rest, mixture });
      expect(at("weights", active)).toEqual({ ...rest, weights });
      expect(at("none", active)).toEqual(rest);
      expect(at("both", active)).toEqual({ ...rest, weights, mixture });
    }
    executor.dispose();
  });

  it.each(keeps)("some edges' gradient equals theirs of all, for less (%s)", async (keep) => {
    const plan = compile(network, batch, { keep });
    const executor = await WasmExecutor.create(plan);
    const learning: Learning = Object.fromEntries(
      plan.mixture.groups.map(({ name, edges }, i) => [name, i === 0 ? [edges - 1] : []]),
    );
    for (const active of [undefined, masks[1]?.[1]]) {
      const asked: Point = { ...point, wrt: "mixture", active };
      const whole = executor.lossAndGrad(asked);
      const { mixture, ...rest } = executor.lossAndGrad({ ...asked, learning });
      const rows = Object.entries(whole.mixture ?? {}).map(([group, m]) => {
        const edges = learning[group] ?? [];
        return [group, m.map((g, i) => (edges.includes(Math.floor(i / 8)) ? g : 0))];
      });
      expect({ ...rest, mixture }).toEqual({ ...whole, mixture: Object.fromEntries(rows) });
      expect(values(mixture).some((g) => g !== 0)).toBe(true);
      const calls = (learning?: Learning) =>
        costOf(plan, select(plan, "mixture", active, { learning })).calls;
      expect(calls(learning)).toBeLessThan(calls());
      expect(executor.lossAndGrad(asked)).toEqual(whole);
    }
    const wrong = { ...point, learning: { normal: [99] } };
    expect(() => executor.lossAndGrad(wrong)).toThrow("learning.normal names edge 99");
    executor.dispose();
  });

  it("does not move a bit or a byte in a thousand steps", async () => {
    const executor = await WasmExecutor.create(compile(darts(2, 1, 1, 4), 2));
    const small = randomPoint(executor.plan.network, 2);
    const first = executor.lossAndGrad(small);
    const { arena } = executor.bytes;
    for (let i = 0; i < 1000; i++)
      executor.lossAndGrad({
        ...small,
        wrt: (["both", "weights", "mixture", "none"] as const)[i % 4] as "both",
      });
    expect(executor.lossAndGrad(small)).toEqual(first);
    expect(executor.bytes.arena).toBe(arena);
    executor.dispose();
  });

  it("names what does not fit", async () => {
    const executor = await WasmExecutor.create(plan);
    const wrong = (change: Partial<Point>) => () => executor.lossAndGrad({ ...point, ...change });
    expect(wrong({ weights: new Float32Array(3) })).toThrow(
      /weights has 3 numbers; the network has/,
    );
    expect(wrong({ labels: [0, 1, 2, 3, 4, 10] })).toThrow(
      "labels[5] = 10 is not a class in 0 … 9",
    );
    expect(wrong({ active: { normal: [[8]] } })).toThrow("active.normal[0] names candidate 8");
    expect(wrong({ mixture: {} })).toThrow("mixture.normal has 0 numbers; the network has 40");
    executor.dispose();
    expect(wrong({})).toThrow("it was disposed of");
  });
});

/** The same network with the values of masked candidates left out. */
function without(network: Network, active: Active): Network {
  return {
    ...network,
    layers: network.layers.map((layer) =>
      layer.kind !== "mix"
        ? layer
        : {
            ...layer,
            terms: layer.terms.map(({ value, ...entry }) =>
              value === undefined ||
              !(active[entry.group]?.[entry.edge]?.includes(entry.op) ?? true)
                ? entry
                : { ...entry, value },
            ),
          },
    ),
  };
}

/** @file What plans of the DARTS supernet look like: sharing, fusion, memory and counts. */
import { describe, expect, it } from "vitest";
import type { Network } from "../network/network.ts";
import { dartsConv } from "../spaces/darts-conv.ts";
import { compile } from "./compile.ts";
import { arenaBytes, costOf } from "./cost.ts";
import type { Plan } from "./plan.ts";
import { runs, select } from "./select.ts";

function darts(channels: number, cells: number, nodes: number, size: number): Network {
  const signature = { kind: "image", input: [size, size, 3], classes: 10 } as const;
  const { network } = dartsConv.supernet(signature, { channels, cells, nodes });
  if (!network) throw new Error("darts-conv must give its network as data");
  return network;
}
const tiny = compile(darts(4, 3, 2, 16), 16);
/** Calls of one kind that a selection runs. */
const count = (plan: Plan, kind: string, selection = select(plan, "both")): number =>
  [...plan.forward, ...plan.backward]
    .flat(2)
    .filter((op) => plan.kernels[op.kernel]?.kind === kind && runs(op, selection)).length;

describe("a plan", () => {
  it("is the same for the same network", () => {
    expect(compile(darts(4, 3, 2, 16), 16)).toEqual(tiny);
  });

  it("computes both pools of a state at once, in two ranges of planes, for all edges", () => {
    // Three cells of two inputs and one inner node, all made in two halves but for the input that a factorised reduce makes.
    expect(count(tiny, "pool")).toBe(3 * 3 * 2 - 1);
    expect(count(tiny, "poolBack")).toBe(3 * 3 * 2);
  });

  it("stores a norm only where something other than a mixture reads it", () => {
    // The stem and two entrances a cell, in two halves but for a factorised reduce, and the inner norm of two separable
    // convolutions on fifteen edges, which the backward pass computes again.
    expect(count(tiny, "normalise")).toBe(2 * (1 + 3 * 2) - 1 + 2 * 2 * 15);
  });

  it("fits the memory it should", () => {
    const small = compile(darts(8, 4, 4, 16), 32);
    const paper = compile(darts(16, 8, 4, 32), 64);
    expect(arenaBytes(tiny)).toBeLessThan(12e6);
    expect(arenaBytes(small)).toBeLessThan(2 ** 27);
    expect(arenaBytes(paper, 2)).toBeLessThan(1e9);
    expect(arenaBytes(small, 3) - arenaBytes(small)).toBe(2 * 4 * small.scratch.size);
  });

  it("refuses a batch that is none", () => {
    expect(() => compile(darts(2, 1, 1, 4), 0)).toThrow("batch = 0 is not a whole number");
  });
});

describe("what runs", () => {
  const full = costOf(tiny, select(tiny, "both"));

  it("is one pass without gradients, two with", () => {
    const forward = costOf(tiny, select(tiny, "none"));
    expect([forward.passes, full.passes]).toEqual([1, 2]);
    expect(forward.steps).toBe(tiny.forward.length);
    expect(full.steps).toBe(tiny.forward.length + tiny.backward.length);
    expect(forward.multiplyAdds).toBeLessThan(full.multiplyAdds / 2.5);
  });

  it("has no weight kernels for the mixture's gradient, and no mixture kernels for the weights'", () => {
    const mixture = select(tiny, "mixture");
    for (const kind of ["pointwiseBackWeight", "depthwiseBackWeight", "biasBack"]) {
      expect(count(tiny, kind)).toBeGreaterThan(0);
      expect(count(tiny, kind, mixture)).toBe(0);
    }
    expect(count(tiny, "dot")).toBeGreaterThan(0);
    expect(count(tiny, "dot", select(tiny, "weights"))).toBe(0);
    expect(costOf(tiny, mixture).multiplyAdds).toBeLessThan(0.65 * full.multiplyAdds);
  });

  it("shrinks with the mask", () => {
    const edges = [[4], [3], [7], [1], [6]];
    const one = costOf(tiny, select(tiny, "both", { normal: edges, reduce: edges }));
    expect(one.multiplyAdds).toBeLessThan(0.25 * full.multiplyAdds);
    expect(one.calls).toBeLessThan(0.25 * full.calls);
    const none = select(tiny, "both", { reduce: edges.map(() => []) });
    expect(costOf(tiny, none).bytesMoved).toBeLessThan(
      costOf(tiny, select(tiny, "both")).bytesMoved,
    );
  });
});

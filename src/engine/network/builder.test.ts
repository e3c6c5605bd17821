/** @file The builder: shapes, sharing, the weight table, and what it refuses. */
import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { NetworkBuilder } from "./builder.ts";
import { initialWeights } from "./init.ts";

const started = () => {
  const builder = new NetworkBuilder();
  return { builder, x: builder.input([4, 8, 6]) };
};

describe("NetworkBuilder", () => {
  it("follows shapes", () => {
    const { builder, x } = started();
    expect(builder.shape(builder.conv(x, "a", 5, 3, 2))).toEqual([5, 4, 3]);
    expect(builder.shape(builder.depthwise(x, "b", 5, 2, 1))).toEqual([4, 8, 6]);
    expect(builder.shape(builder.pool(builder.pool(x, "max", 2), "max", 2))).toEqual([4, 2, 2]);
    expect(builder.shape(builder.concat([x, builder.relu(x)]))).toEqual([8, 8, 6]);
    expect(builder.shape(builder.linear(builder.average(x), "w", "b2", 10))).toEqual([10]);
  });
  it("writes identical weightless layers once, and layers with weights always", () => {
    const { builder, x } = started();
    expect(builder.norm(builder.pool(x, "max", 1))).toBe(builder.norm(builder.pool(x, "max", 1)));
    expect(builder.pool(x, "max", 1)).not.toBe(builder.pool(x, "average", 1));
    expect(builder.conv(x, "a", 4, 1, 1)).not.toBe(builder.conv(x, "b", 4, 1, 1));
  });
  it("lays weights out without gaps, in the order of writing", () => {
    const { builder, x } = started();
    const normed = builder.affineNorm(builder.conv(x, "w", 2, 3, 1), "gamma", "beta");
    const { weights, weightCount } = builder.finish(normed);
    expect(weights.map(({ name, offset, shape }) => [name, offset, shape])).toEqual([
      ["w", 0, [2, 4, 3, 3]],
      ["gamma", 72, [2]],
      ["beta", 74, [2]],
    ]);
    expect(weightCount).toBe(76);
  });
  it("refuses a weight's name twice, odd sides to halve, and terms of other shapes", () => {
    const { builder, x } = started();
    builder.conv(x, "w", 4, 1, 1);
    expect(() => builder.conv(x, "w", 4, 1, 1)).toThrow('weight "w" exists');
    const odd = builder.pool(builder.pool(x, "max", 2), "max", 1);
    expect(() => builder.halve(odd, 0)).toThrow("cannot halve 4×3 pixels evenly");
    const term = { group: "normal", edge: 0, op: 1, value: odd };
    expect(() => builder.mix([term], [4, 8, 6])).toThrow(/is \(4, 4, 3\), wanted \(4, 8, 6\)/);
    expect(() => builder.average(builder.average(x))).toThrow(/is no image/);
  });
});

describe("initialWeights", () => {
  const weightsOf = (...names: string[]): Float32Array => {
    const { builder, x } = started();
    const values = names.map((name) => builder.conv(x, name, 4, 3, 1));
    return initialWeights(builder.finish(builder.sum(values)), createRng(2));
  };
  it("fills constants, and draws the rest inside ±1/√fan-in", () => {
    const { builder, x } = started();
    const network = builder.finish(
      builder.affineNorm(builder.conv(x, "w", 40, 3, 1), "gamma", "beta"),
    );
    const flat = initialWeights(network, createRng(2));
    const drawn = flat.subarray(0, 40 * 36);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(1 / 6);
    expect(Math.max(...drawn)).toBeGreaterThan(0.99 / 6);
    expect(Math.min(...drawn)).toBeLessThan(-0.99 / 6);
    expect([...flat.subarray(40 * 36)]).toEqual([...Array(40).fill(1), ...Array(40).fill(0)]);
  });
  it("gives a weight the same values whatever stands before it", () => {
    expect(weightsOf("a", "b").slice(144)).toEqual(weightsOf("b"));
  });
});

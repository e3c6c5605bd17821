/** @file A genotype's own network: it computes what the supernet computes when discretised, and refuses what is no genotype. */
import { type Tensor, tensor1d, tensor2d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { distance } from "../../../test/support/matrices.ts";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import type { Layer, Network, Value } from "../network/network.ts";
import type { Mixture, SearchSpace, Supernet, TaskSignature } from "../problem.ts";
import { forward } from "../reference/forward.ts";
import { dartsConv } from "./darts-conv.ts";
import { spaces } from "./index.ts";
import { keptOps } from "./kept.ts";
import { collapse, nb201 } from "./nb201.ts";

const images: TaskSignature = { kind: "image", input: [8, 8, 3], classes: 3 };
const cells = [
  [dartsConv, { cells: 3, channels: 2, nodes: 2 }],
  [nb201, { stages: 2, cells: 1, channels: 2, nodes: 4 }],
  [nb201, { stages: 1, cells: 2, channels: 2, nodes: 3 }],
  [collapse, { stages: 2, cells: 1, channels: 2, nodes: 4 }],
] as unknown as readonly (readonly [SearchSpace, Readonly<Record<string, number>>])[];

beforeAll(async () => {
  await selectBackend("cpu");
});

/** Derived from α ~ N(0, 1), pools among the candidates. */
function draw({ groups, derive }: Supernet, seed: number): Genotype {
  const rng = createRng(seed);
  const alpha = groups.map(({ name, edges, ops }) => [
    name,
    rng.fork(name).normal(edges.length * ops.length),
  ]);
  return derive(Object.fromEntries(alpha));
}
/**
 * The network with a plain norm behind each pool: all that a search of darts-conv has and the network of its genotype,
 * as in DARTS's official code, has not. Nothing is changed in spaces whose search has none either.
 */
function withNormedPools(network: Network): Network {
  const layers: Layer[] = [];
  const moved: Value[] = [];
  const at = (x: Value): Value => moved[x] as Value;
  for (const layer of network.layers) {
    const copy = { ...layer };
    if ("x" in copy) Object.assign(copy, { x: at(copy.x) });
    if ("xs" in copy) Object.assign(copy, { xs: copy.xs.map(at) });
    layers.push(copy);
    if (copy.kind === "pool")
      layers.push({ kind: "norm", x: layers.length - 1, shape: copy.shape });
    moved.push(layers.length - 1);
  }
  return { ...network, layers, output: at(network.output) };
}
/** One-hot rows and masks, as EDAS clamps. */
function discretised(groups: readonly AlphaGroup[], genotype: Genotype): Mixture {
  const kept = keptOps(groups, genotype.groups);
  const rows = groups.map(({ name, edges, ops }) => [
    name,
    tensor2d(edges.map((_, e) => ops.map((_, o) => (kept[name]?.get(e) === o ? 1 : 0)))),
  ]);
  const active = groups.map(({ name, edges }) => [
    name,
    edges.map((_, e) => [kept[name]?.get(e) ?? []].flat()),
  ]);
  return { weights: Object.fromEntries(rows), active: Object.fromEntries(active) };
}
const read = (f: () => Tensor): Float32Array => tidy(() => Float32Array.from(f().dataSync()));
/** The second network's initial weights with the first one's values under all names that both have. */
function inherit(from: Network, values: Float32Array, to: Supernet): Float32Array {
  const flat = read(() => to.initWeights(createRng(9))["weights"] as Tensor);
  const slots = new Map(from.weights.map((slot) => [slot.name, slot]));
  let shared = 0;
  for (const { name, offset } of to.network?.weights ?? []) {
    const slot = slots.get(name);
    if (!slot) continue;
    const count = slot.shape.reduce((a, b) => a * b, 1);
    flat.set(values.subarray(slot.offset, slot.offset + count), offset);
    shared += 1;
  }
  expect(shared).toBeGreaterThan(3);
  return flat;
}

describe.each(
  cells.map(([space, size]) => [`${space.id} with ${JSON.stringify(size)}`, space, size] as const),
)("%s", (_, space, size) => {
  const supernet = space.supernet(images, size);
  const pixels = createRng(3).normal(4 * 8 * 8 * 3);
  const x = () => tensor4d(pixels, [4, 8, 8, 3]);
  const weights = () => read(() => supernet.initWeights(createRng(5))["weights"] as Tensor);
  const through = (network: Network, w: Float32Array, mixture: Mixture) =>
    read(() => forward(network, tensor1d(w), mixture, x()));
  const isNormed = space.id === "darts-conv";
  const drawn = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
    const genotype = draw(supernet, seed);
    try {
      return [[genotype, space.derived?.(images, size, genotype.groups) as Supernet] as const];
    } catch (error) {
      expect((error as Error).message).toMatch(/lets nothing through/);
      return [];
    }
  });

  it("computes what the discretised supernet computes on the same weights", () => {
    expect(drawn.length).toBeGreaterThan(1);
    let pooled = 0;
    for (const [genotype, net] of drawn) {
      const [whole, own] = [supernet.network, net.network] as [Network, Network];
      const inherited = inherit(whole, weights(), net);
      const wanted = tidy(() => through(whole, weights(), discretised(supernet.groups, genotype)));
      expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(0.1);
      const alike = isNormed ? withNormedPools(own) : own;
      expect(distance(through(alike, inherited, { weights: {} }), wanted)).toBeLessThan(1e-5);
      if (alike.layers.length === own.layers.length) continue;
      pooled += 1;
      // And it is that norm that makes them differ.
      expect(distance(through(own, inherited, { weights: {} }), wanted)).toBeGreaterThan(1e-2);
    }
    if (isNormed) expect(pooled).toBeGreaterThan(2);
  });
  it("shows its genotype, also in the α that it starts from", () => {
    const [genotype, net] = drawn[0] as (typeof drawn)[0];
    const alpha = net.initAlpha(createRng(1));
    const values = Object.entries(alpha).map(([name, a]) => [name, read(() => a)] as const);
    const { groups } = supernet.derive(Object.fromEntries(values));
    const edges = (of: Genotype["groups"]) =>
      Object.values(of)
        .flat()
        .map(({ from, to, op }) => `${from}>${to} ${op}`)
        .sort();
    expect(edges(groups)).toEqual(edges(genotype.groups));
    expect(net.derive({}).groups).toBe(genotype.groups);
    expect(net.derive({}).text).toBe(genotype.text);
  });
  it("has a scale and a shift for every norm", () => {
    const [[, net]] = drawn as [(typeof drawn)[0]];
    const { layers, weights } = net.network as Network;
    const norms = layers.filter((layer) => layer.kind === "norm");
    expect(norms.length).toBeGreaterThan(2);
    expect(norms.every(({ affine }) => affine)).toBe(true);
    expect(weights.filter(({ name }) => /gamma$/.test(name))).toHaveLength(norms.length);
  });
});

describe("pools", () => {
  it("keep their norm in darts-conv's search only, and never have one in nb201", () => {
    const cell = (op: string): Genotype["groups"] => ({
      normal: [{ from: 0, to: 2, op }],
      reduce: [{ from: 1, to: 2, op }],
    });
    const size = { cells: 1, channels: 2, nodes: 1 };
    const afterPool = (network: Network | undefined) =>
      network?.layers.filter((l) => l.kind === "norm" && network.layers[l.x]?.kind === "pool");
    expect(afterPool(dartsConv.supernet(images, size).network)).toHaveLength(4);
    const derived = dartsConv.derived?.(images, size, cell("max_pool_3x3"));
    expect(afterPool(derived?.network)).toEqual([]);
    expect(
      afterPool(nb201.supernet(images, { stages: 1, cells: 1, channels: 2, nodes: 4 }).network),
    ).toEqual([]);
  });
});

describe("what is no genotype of the space", () => {
  const size = { cells: 1, channels: 2, nodes: 1 };
  const normal = [{ from: 0, to: 2, op: "skip_connect" }];
  const derive = (groups: Genotype["groups"]) => () => dartsConv.derived?.(images, size, groups);
  it.each([
    [{ normal }, 'no group "reduce"'],
    [{ normal, reduce: normal, cell: normal }, 'a group "cell"; this space has normal, reduce'],
    [{ normal, reduce: [] }, "reduce keeps no edge into node 2; cells have 1 nodes"],
    [{ normal, reduce: [...normal, ...normal] }, "the edge from 0 to 2 twice"],
    [{ normal, reduce: [{ from: 0, to: 2, op: "none" }] }, 'reduce keeps "none"'],
    [{ normal, reduce: [{ from: 0, to: 2, op: "conv" }] }, 'an op "conv"; there are none, max'],
    [
      { normal, reduce: [...normal, { from: 2, to: 3, op: "skip_connect" }] },
      "from node 2 to node 3; there are nodes 0 … 2 at this size",
    ],
  ])("%j", (groups, message) => {
    expect(derive(groups as Genotype["groups"])).toThrow(message);
  });
  it("is a cell that lets nothing through", () => {
    const cell = [
      { from: 0, to: 1, op: "nor_conv_3x3" },
      { from: 0, to: 2, op: "none" },
      { from: 1, to: 2, op: "none" },
    ];
    const size = { stages: 1, cells: 1, channels: 2, nodes: 3 };
    expect(() => nb201.derived?.(images, size, { cell })).toThrow("no path from node 0 to node 2");
  });
});

it("is offered by every space of images", () => {
  for (const space of spaces.filter((s) => s.accepts(images))) expect(space.derived).toBeDefined();
});

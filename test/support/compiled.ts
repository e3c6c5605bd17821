/** @file Runs networks on the compiled engine and on the oracle, at seeded random points, and compares. */
import { type CompileOptions, compile } from "../../src/engine/compiler/compile.ts";
import type { Active } from "../../src/engine/compiler/select.ts";
import type { Layer, Network } from "../../src/engine/network/network.ts";
import { dartsConv } from "../../src/engine/spaces/darts-conv.ts";
import { type ExecutorOptions, WasmExecutor } from "../../src/engine/wasm/executor.ts";
import type { Point, Result } from "../../src/engine/wasm/slot.ts";
import { distance } from "./matrices.ts";
import { type OracleResult, oracle } from "./network-oracle.ts";

/** The supernet of the DARTS cells for square images of that many pixels a side, ten classes. */
export function darts(channels: number, cells: number, nodes: number, size: number): Network {
  const { network } = dartsConv.supernet(
    { kind: "image", input: [size, size, 3], classes: 10 },
    { channels, cells, nodes },
  );
  if (!network) throw new Error("darts-conv must give its network as data");
  return network;
}

/** Uniform in ±1, a stream for each seed. */
export function noise(seed: number, count: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let bits = state ^ (state >>> 15);
    bits = Math.imul(bits, 0x2c1b3c6d);
    return ((bits ^ (bits >>> 13)) >>> 0) / 2 ** 31 - 1;
  });
}

/** A point and a batch for a network, the same for the same seed. */
export function randomPoint(network: Network, batch: number, seed = 1): Point {
  const input = network.layers.find(({ kind }) => kind === "input") as Layer;
  const classes = network.layers[network.output]?.shape[0] as number;
  const weights = noise(seed, network.weightCount);
  for (const { offset, shape, init } of network.weights) {
    const count = shape.reduce((a, b) => a * b, 1);
    for (let i = offset; i < offset + count; i++)
      weights[i] =
        init.kind === "constant"
          ? init.value + 0.3 * (weights[i] as number)
          : init.bound * (weights[i] as number);
  }
  const sizes = new Map<string, [edges: number, ops: number]>();
  for (const layer of network.layers)
    if (layer.kind === "mix")
      for (const { group, edge, op } of layer.terms) {
        const [edges, ops] = sizes.get(group) ?? [0, 0];
        sizes.set(group, [Math.max(edges, edge + 1), Math.max(ops, op + 1)]);
      }
    else if (layer.kind === "norm" && layer.gate !== undefined)
      sizes.set(layer.gate, [layer.shape[0] as number, 1]);
  return {
    weights,
    mixture: Object.fromEntries(
      [...sizes].map(([name, [edges, ops]]) => [
        name,
        noise(seed + 7, edges * ops).map((x) => 0.25 + 0.2 * x),
      ]),
    ),
    images: noise(seed + 3, batch * input.shape.reduce((a, b) => a * b, 1)),
    labels: Int32Array.from({ length: batch }, (_, i) => i % classes),
    wrt: "both",
  };
}

const flat = (m: Readonly<Record<string, ArrayLike<number>>> = {}): number[] =>
  Object.values(m).flatMap((part) => Array.from(part));

export interface Errors {
  readonly loss: number;
  readonly logits: number;
  readonly weights: number;
  readonly mixture: number;
}
/** The oracle is slow, and one point is often evaluated in several ways. */
const known = new WeakMap<Point, OracleResult>();
/** Distances of a result from the oracle's. */
export function against(network: Network, batch: number, point: Point, result: Result): Errors {
  const { active, ...rest } = point;
  const want = known.get(point) ?? oracle(network, batch, active ? { ...rest, active } : rest);
  known.set(point, want);
  return {
    loss: Math.abs(result.loss - want.loss),
    logits: distance(result.logits, want.logits),
    weights: result.weights ? distance(result.weights, want.weights) : 0,
    mixture: result.mixture ? distance(flat(result.mixture), flat(want.mixture)) : 0,
  };
}

/** One evaluation, twice in a row to catch what a first one leaves behind; returns the second. */
export async function evaluate(
  network: Network,
  batch: number,
  point: Point,
  options: CompileOptions & ExecutorOptions & { active?: Active } = {},
): Promise<Result> {
  const executor = await WasmExecutor.create(compile(network, batch, options), options);
  try {
    executor.lossAndGrad(point);
    return executor.lossAndGrad(point);
  } finally {
    executor.dispose();
  }
}

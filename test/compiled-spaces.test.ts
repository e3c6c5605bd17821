/** @file The networks of every cell space, searched and derived, on WebAssembly against the oracle in doubles, under masks. */
import { describe, expect, it } from "vitest";
import { compile } from "../src/engine/compiler/compile.ts";
import type { Network } from "../src/engine/network/network.ts";
import type { TaskSignature } from "../src/engine/problem.ts";
import { collapse, nb201 } from "../src/engine/spaces/nb201.ts";
import { WasmExecutor } from "../src/engine/wasm/executor.ts";
import { parseGenotype } from "../src/genotype/formats.ts";
import { against, evaluate, noise, randomPoint } from "./support/compiled.ts";

const images: TaskSignature = { kind: "image", input: [6, 7, 3], classes: 4 };
const batch = 5;
const size = { stages: 2, cells: 1, channels: 3, nodes: 4 };
const cell = parseGenotype(
  "|nor_conv_3x3~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|",
).groups;
const supernets: readonly (readonly [string, Network])[] = [
  ["nb201", nb201.supernet(images, size).network as Network],
  ["collapse", collapse.supernet(images, { ...size, nodes: 3 }).network as Network],
];
const networks = [
  ...supernets,
  ["a genotype of nb201", nb201.derived?.(images, size, cell).network as Network] as const,
];

describe.each(networks)("%s", (_, network) => {
  const point = randomPoint(network, batch);
  it.each(["all", "filters", "convolutions", "states"] as const)(
    "agrees with the oracle, keeping %s",
    async (keep) => {
      for (const threads of [1, 2]) {
        const result = await evaluate(network, batch, point, { keep, threads });
        for (const [what, error] of Object.entries(against(network, batch, point, result)))
          expect(error, what).toBeLessThan(2e-5);
      }
    },
  );
});

describe.each(supernets)("%s under masks", (_, network) => {
  const plan = compile(network, batch);
  const { edges = 0, ops = 0 } = plan.mixture.groups[0] ?? {};
  const one = Array.from({ length: ops }, (_, op) => Array.from({ length: edges }, () => [op]));
  const drawn = [1, 2, 3, 4].map((seed) => {
    const coins = noise(seed, edges * ops);
    return Array.from({ length: edges }, (_, e) =>
      Array.from({ length: ops }, (_, op) => op).filter((op) => (coins[e * ops + op] ?? 0) > 0),
    );
  });

  it.each([...one, ...drawn])("agrees with the oracle: %j", async (...active) => {
    const executor = await WasmExecutor.create(plan);
    const point = { ...randomPoint(network, batch), active: { cell: active } };
    const whole = executor.lossAndGrad(point);
    for (const [what, error] of Object.entries(against(network, batch, point, whole)))
      expect(error, what).toBeLessThan(2e-5);
    // Asked for alone, a gradient is the same.
    expect(executor.lossAndGrad({ ...point, wrt: "weights" }).weights).toEqual(whole.weights);
    expect(executor.lossAndGrad({ ...point, wrt: "mixture" }).mixture).toEqual(whole.mixture);
    expect(executor.lossAndGrad({ ...point, wrt: "none" }).loss).toBe(whole.loss);
    executor.dispose();
  });
});

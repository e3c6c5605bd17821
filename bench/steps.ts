/** @file Milliseconds of single search steps of the compiled supernet: tsx bench/steps.ts [preset] [runs] [threads] [keep] [relaxed]. */
import { setFlagsFromString } from "node:v8";
import { compile } from "../src/engine/compiler/compile.ts";
import { costOf } from "../src/engine/compiler/cost.ts";
import { select } from "../src/engine/compiler/select.ts";
import type { Keep } from "../src/engine/compiler/values.ts";
import type { Network } from "../src/engine/network/network.ts";
import { dartsConv } from "../src/engine/spaces/darts-conv.ts";
import { type Point, WasmExecutor } from "../src/engine/wasm/executor.ts";
import { randomPoint } from "../test/support/compiled.ts";

const presets: Readonly<
  Record<string, readonly [C: number, cells: number, nodes: number, batch: number, size: number]>
> = {
  tiny: [4, 3, 2, 16, 16],
  small: [8, 4, 4, 32, 16],
  paper: [16, 8, 4, 64, 32],
};
const [preset = "tiny", runs = "30", threads = "1", keep = "", relaxed = ""] =
  process.argv.slice(2);
const [channels, cells, nodes, batch, size] = presets[preset] ?? [0, 0, 0, 0, 0];
if (relaxed) setFlagsFromString("--experimental-wasm-relaxed-simd");

const { network } = dartsConv.supernet(
  { kind: "image", input: [size, size, 3], classes: 10 },
  { channels, cells, nodes },
) as { network: Network };
let since = performance.now();
const plan = compile(network, batch, keep ? { keep: keep as Keep } : {});
const planned = performance.now() - since;
since = performance.now();
const executor = await WasmExecutor.create(plan, {
  threads: Number(threads),
  relaxed: relaxed !== "",
});
const assembled = performance.now() - since;
const point = randomPoint(network, batch);
const momentum = new Float32Array(network.weightCount);

/** Clip to norm 5, momentum 0.9, decay 3e-4, rate 0.025; in place. */
function sgd(weights: Float32Array, gradient: Float32Array): void {
  let squares = 0;
  for (const g of gradient) squares += g * g;
  const scale = Math.min(1, 5 / (Math.sqrt(squares) + 1e-6));
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] as number;
    const step = 0.9 * (momentum[i] as number) + (gradient[i] as number) * scale + 3e-4 * w;
    momentum[i] = step;
    weights[i] = w - 0.025 * step;
  }
}
const one: Point["active"] = Object.fromEntries(
  plan.mixture.groups.map(({ name, edges, ops }) => [
    name,
    Array.from({ length: edges }, (_, e) => [e % ops]),
  ]),
);
const steps: Readonly<Record<string, () => void>> = {
  "w step": () => {
    const { weights } = executor.lossAndGrad({ ...point, wrt: "weights" });
    sgd(point.weights, weights as Float32Array);
  },
  both: () => void executor.lossAndGrad({ ...point, wrt: "both" }),
  "α only": () => void executor.lossAndGrad({ ...point, wrt: "mixture" }),
  forward: () => void executor.lossAndGrad({ ...point, wrt: "none" }),
  "one op an edge": () => void executor.lossAndGrad({ ...point, wrt: "both", active: one }),
};
const count = (name: string): string => {
  const wanted = ({ "w step": "weights", "α only": "mixture", forward: "none" } as const)[name];
  const cost = costOf(
    plan,
    select(plan, wanted ?? "both", name.startsWith("one") ? one : undefined),
  );
  return `${(cost.multiplyAdds / 1e6).toFixed(0)} M multiply-adds, ${cost.calls} calls, ${cost.steps} steps`;
};
const out = process.stdout;
out.write(
  `${preset}, ${threads} threads${relaxed && ", relaxed"}: planned ${planned.toFixed(0)} ms, assembled ${assembled.toFixed(0)} ms, ` +
    `arena ${(executor.bytes.arena / 1e6).toFixed(1)} MB, code ${(executor.bytes.code / 1e3).toFixed(0)} kB, ${plan.kernels.length} kernels\n`,
);
for (const [name, step] of Object.entries(steps)) {
  const times: number[] = [];
  for (let i = 0; i < Number(runs) + 5; i++) {
    const from = performance.now();
    step();
    times.push(performance.now() - from);
  }
  const sorted = times.slice(5).sort((a, b) => a - b);
  out.write(
    `${name.padEnd(16)} ${(sorted[sorted.length >> 1] as number).toFixed(2).padStart(9)} ms [${(sorted[0] as number).toFixed(2)}]  ${count(name)}\n`,
  );
}
executor.dispose();

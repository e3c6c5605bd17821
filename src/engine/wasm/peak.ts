/** @file The most that one core can multiply and add with WebAssembly SIMD: a loop that stays in registers. */
import { f32, i32, v128 } from "./assembler/expressions.ts";
import { Fn } from "./assembler/function.ts";
import { assemble } from "./assembler/module.ts";
import { webAssembly } from "./web-assembly.ts";

/** Independent sums: enough to hide the latency of a multiplication and an addition, few enough for 16 registers. */
const chains = 12;
const lanes = 4;
const turns = 200_000;
/** Runs, of which the fastest counts; the first ones are on V8's baseline code. */
const runs = 40;

/** Multiply-adds a second of one core, in thousands of millions. */
export async function simdPeak(): Promise<number> {
  const f = new Fn(1, false);
  const factor = f.let("v128", v128.splat(f32.const(0.5)));
  const term = f.let("v128", v128.splat(f32.const(1)));
  const sums = f.locals("v128", chains);
  f.times(turns, () => {
    for (const sum of sums) sum.set(f.madd(sum.get, factor.get, term.get));
  });
  // Stored, or the loop would be for nothing.
  f.emit(v128.store(i32.const(0), sums.map((sum) => sum.get).reduce(v128.add)));

  const wasm = webAssembly();
  const memory = new wasm.Memory({ initial: 1, maximum: 1, shared: false });
  const module = await wasm.compile(assemble([f], 1, 1, false));
  const { exports } = new wasm.Instance(module, { env: { memory } });
  const run = exports["f0"] as (at: number) => void;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const from = performance.now();
    run(0);
    best = Math.min(best, performance.now() - from);
    // Compiled code arrives between turns; a browser stretches each to milliseconds.
    if (i % 8 === 7) await new Promise((resolve) => setTimeout(resolve));
  }
  return (chains * lanes * turns) / best / 1e6;
}

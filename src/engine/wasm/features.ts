/** @file What this machine's WebAssembly can do. */
import { i32, v128 } from "./assembler/expressions.ts";
import { Fn } from "./assembler/function.ts";
import { assemble } from "./assembler/module.ts";
import { webAssembly } from "./web-assembly.ts";

/** Whether fused multiply-adds of relaxed SIMD are understood. */
export function hasRelaxedSimd(): boolean {
  const f = new Fn(1, true);
  const at = f.param(0).get;
  f.emit(v128.store(at, f.madd(v128.load(at), v128.load(at), v128.load(at))));
  return webAssembly().validate(assemble([f], 1, 1, false));
}

/** Whether plain SIMD is understood, without which there is no executor. */
export function hasSimd(): boolean {
  const f = new Fn(1, false);
  f.emit(v128.store(f.param(0).get, v128.load(i32.const(0))));
  return webAssembly().validate(assemble([f], 1, 1, false));
}

interface Platform {
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly process?: {
    readonly getBuiltinModule?: (name: string) => { readonly availableParallelism: () => number };
  };
}
/** How many threads can run at once here; 1 where the platform does not say. */
function processors(): number {
  const { navigator, process } = globalThis as Platform;
  const inNode = process?.getBuiltinModule?.("os").availableParallelism();
  return Math.max(1, inNode ?? navigator?.hardwareConcurrency ?? 1);
}

/** Whether memory can be shared between threads: in Node always, in a page only if it is cross-origin isolated. */
export const hasSharedMemory = (): boolean =>
  typeof SharedArrayBuffer !== "undefined" &&
  (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false;

/** More gain little at these sizes: a step has too few tasks. */
const MOST = 4;
/** A thread for each processor where memory can be shared. */
export const threadsHere = (): number => (hasSharedMemory() ? Math.min(MOST, processors()) : 1);

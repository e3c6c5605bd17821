/** @file What the loops run on: where their numbers lie, and what multiplies matrices there. */
import { type MultiplyAdd, multiplyAdd, type Shape } from "./multiply.ts";
import { compileMultiply } from "./multiply-wasm.ts";

export interface Machine {
  /** Zeros that `multiplyAdd` may be given. */
  allocate(floats: number): Float32Array;
  readonly multiplyAdd: MultiplyAdd;
}

/** Plain arrays and plain loops. */
export const plainMachine: Machine = {
  allocate: (floats) => new Float32Array(floats),
  multiplyAdd,
};

/** The bytes of all that `fill` allocates. */
export function bytesOf(fill: (machine: Machine) => unknown): number {
  let bytes = 0;
  fill({
    allocate(floats) {
      bytes += vectors(floats);
      return new Float32Array(0);
    },
    multiplyAdd,
  });
  return bytes;
}

/**
 * `bytes` of WebAssembly's memory, and SIMD for products of these very `shapes`. Products of other shapes, or of other
 * arrays, are left to plain loops.
 */
export async function wasmMachine(bytes: number, shapes: readonly Shape[]): Promise<Machine> {
  const { buffer, multiply } = await compileMultiply(shapes, bytes);
  let next = 0;
  return {
    allocate(floats) {
      const made = new Float32Array(buffer, next, floats);
      next += vectors(floats);
      return made;
    },
    multiplyAdd: (c, a, b, shape) => multiply(c, a, b, shape) || multiplyAdd(c, a, b, shape),
  };
}

/** Bytes of so many floats, in whole vectors. */
const vectors = (floats: number): number => 16 * Math.ceil(floats / 4);

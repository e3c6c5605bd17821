/** @file The loops that kernels share: over a plane's vectors, and over the columns that a block of outputs reads. */
import type { Geometry } from "../../compiler/geometry.ts";
import { type V128, v128 } from "./expressions.ts";
import type { Fn, Local } from "./function.ts";

export const bytes = (floats: number): number => floats * 4;
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** The greatest divisor of n that is at most `most`. */
export function divisor(n: number, most: number): number {
  let d = Math.min(n, most);
  while (n % d) d--;
  return d;
}

/** Loops over `floats` floats, `unroll` vectors at a time; the body gets each vector's byte offset in its block. */
export function sweep(
  f: Fn,
  pointers: readonly Local<"i32">[],
  floats: number,
  unroll: number,
  body: (offset: number, vector: number) => void,
): void {
  f.times(floats / 4 / unroll, () => {
    for (const u of range(unroll)) body(16 * u, u);
    for (const p of pointers) f.advance(p, 16 * unroll);
  });
}

/** How many vectors of a plane go together: those of a pixel if the last one has lanes that do not count. */
export const togetherIn = (geo: Geometry): number =>
  geo.lanes === geo.b ? divisor(geo.size / 4, 4) : geo.b / 4;
/** Lanes of vector `u` of such a group that belong to images; undefined if all do. */
const countedLanes = (geo: Geometry, u: number): V128 | undefined =>
  geo.lanes === geo.b || 4 * (u + 1) <= geo.lanes
    ? undefined
    : v128.firstLanes(Math.max(0, geo.lanes - 4 * u));
/** The value with zeros for the lanes that do not count. */
export function counted(geo: Geometry, u: number, value: V128): V128 {
  const lanes = countedLanes(geo, u);
  return lanes ? v128.and(value, lanes) : value;
}

/** One float: the sum of all lanes of all accumulators. */
export const total = (f: Fn, accumulators: readonly Local<"v128">[]): Local<"f32"> =>
  f.let("f32", v128.sum(accumulators.map((a) => a.get).reduce(v128.add)));

/** A gradient that arrives: added or not, masked or not. */
export function arrive(
  f: Fn,
  { add, masked }: { readonly add: boolean; readonly masked: boolean },
  at: readonly number[],
  relu: readonly number[],
  offset: number,
  value: V128,
): void {
  const passed = masked ? v128.and(value, v128.greater(v128.load(relu, offset), v128.zero)) : value;
  f.emit(v128.store(at, add ? v128.add(v128.load(at, offset), passed) : passed, offset));
}

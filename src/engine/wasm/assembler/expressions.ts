/** @file WebAssembly expressions: byte arrays, branded with the type of the value they leave on the stack. */
import { floatBytes, signed, unsigned } from "./encoding.ts";

export type I32 = readonly number[] & { readonly type?: "i32" };
export type F32 = readonly number[] & { readonly type?: "f32" };
export type V128 = readonly number[] & { readonly type?: "v128" };
/** Code that leaves nothing on the stack. */
export type Statement = readonly number[];

/** Concatenation; `concat` copies whole arrays at once, which spreading does not. */
const join = (...parts: (readonly number[])[]): number[] =>
  ([] as number[]).concat(...(parts as number[][]));
const simd = (opcode: number, ...operands: (readonly number[])[]): readonly number[] =>
  join(...operands, [0xfd], unsigned(opcode));
const plain = (opcode: number, ...operands: (readonly number[])[]): readonly number[] =>
  join(...operands, [opcode]);
const memory = (align: number, offset: number): number[] => [align, ...unsigned(offset)];

/** Integers, which are byte addresses and counts. `load` takes a constant byte offset. */
export const i32 = {
  const: (value: number): I32 => [0x41, ...signed(value)],
  load: (at: I32, offset = 0): I32 => join(at, [0x28], memory(2, offset)),
  add: (a: I32, b: I32): I32 => plain(0x6a, a, b),
  sub: (a: I32, b: I32): I32 => plain(0x6b, a, b),
  mul: (a: I32, b: I32): I32 => plain(0x6c, a, b),
  and: (a: I32, b: I32): I32 => plain(0x71, a, b),
  shiftRight: (a: I32, b: I32): I32 => plain(0x75, a, b),
  lessUnsigned: (a: I32, b: I32): I32 => plain(0x49, a, b),
  isZero: (a: I32): I32 => plain(0x45, a),
};

/** Single floats. */
export const f32 = {
  const: (value: number): F32 => [0x43, ...floatBytes(value)],
  load: (at: I32, offset = 0): F32 => join(at, [0x2a], memory(2, offset)),
  store: (at: I32, value: F32, offset = 0): Statement => join(at, value, [0x38], memory(2, offset)),
  add: (a: F32, b: F32): F32 => plain(0x92, a, b),
  sub: (a: F32, b: F32): F32 => plain(0x93, a, b),
  mul: (a: F32, b: F32): F32 => plain(0x94, a, b),
  div: (a: F32, b: F32): F32 => plain(0x95, a, b),
  sqrt: (a: F32): F32 => plain(0x91, a),
};

/** Four floats, for four images of the batch. */
export const v128 = {
  zero: [0xfd, 0x0c, ...new Array<number>(16).fill(0)] as V128,
  load: (at: I32, offset = 0): V128 => join(at, [0xfd, 0x00], memory(2, offset)),
  loadSplat: (at: I32, offset = 0): V128 => join(at, [0xfd, 0x09], memory(2, offset)),
  store: (at: I32, value: V128, offset = 0): Statement =>
    join(at, value, [0xfd, 0x0b], memory(2, offset)),
  splat: (a: F32): V128 => simd(0x13, a),
  lane: (a: V128, lane: number): F32 => join(simd(0x1f, a), [lane]),
  add: (a: V128, b: V128): V128 => simd(0xe4, a, b),
  sub: (a: V128, b: V128): V128 => simd(0xe5, a, b),
  mul: (a: V128, b: V128): V128 => simd(0xe6, a, b),
  /** b > a ? b : a, one instruction on every machine; of NaN it keeps one in `a`. */
  max: (a: V128, b: V128): V128 => simd(0xeb, a, b),
  equal: (a: V128, b: V128): V128 => simd(0x41, a, b),
  greater: (a: V128, b: V128): V128 => simd(0x44, a, b),
  and: (a: V128, b: V128): V128 => simd(0x4e, a, b),
  /** `a` where the mask's bits are set, `b` elsewhere. */
  select: (a: V128, b: V128, mask: V128): V128 => simd(0x52, a, b, mask),
  sum: (a: V128): F32 =>
    f32.add(f32.add(v128.lane(a, 0), v128.lane(a, 1)), f32.add(v128.lane(a, 2), v128.lane(a, 3))),
  /** a·b + c with one rounding or two, as the machine likes. */
  relaxedMadd: (a: V128, b: V128, c: V128): V128 => simd(0x105, a, b, c),
  /** All bits of the first `count` lanes. */
  firstLanes: (count: number): V128 => [
    0xfd,
    0x0c,
    ...Array.from({ length: 16 }, (_, i) => (i < 4 * count ? 0xff : 0)),
  ],
};

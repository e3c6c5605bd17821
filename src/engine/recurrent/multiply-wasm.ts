/** @file Products of small matrices in WebAssembly SIMD: blocks of 4 rows by 8 columns, 8 sums of 4 lanes in registers. */
import { i32, v128 } from "../wasm/assembler/expressions.ts";
import { Fn, type Local } from "../wasm/assembler/function.ts";
import { bytes } from "../wasm/assembler/loops.ts";
import { assemble } from "../wasm/assembler/module.ts";
import { hasRelaxedSimd } from "../wasm/features.ts";
import { webAssembly } from "../wasm/web-assembly.ts";
import type { Matrix, Shape } from "./multiply.ts";

export interface WasmMultiply {
  /** The memory that the matrices must lie in. */
  readonly buffer: ArrayBuffer;
  /** c += a·b; false, and nothing done, for a shape that was not compiled or an array that lies elsewhere. */
  multiply(c: Matrix, a: Matrix, b: Matrix, shape: Shape): boolean;
}

const pageBytes = 65_536;

/** Compiles a function for every shape whose rows are whole vectors, over a memory of `bytes` bytes. */
export async function compileMultiply(
  shapes: readonly Shape[],
  memoryBytes: number,
): Promise<WasmMultiply> {
  const fitting = shapes.filter(({ columns }) => columns % 4 === 0);
  const relaxed = hasRelaxedSimd();
  const pages = Math.max(1, Math.ceil(memoryBytes / pageBytes));
  const functions = fitting.map((shape) => product(shape, relaxed));
  const wasm = webAssembly();
  const memory = new wasm.Memory({ initial: pages, maximum: pages, shared: false });
  const module = await wasm.compile(assemble(functions, 3, pages, false));
  const { exports } = new wasm.Instance(module, { env: { memory } });
  const { buffer } = memory;
  const known = new Map(
    fitting.map((shape, i) => [
      shape,
      exports[`f${i}`] as (c: number, a: number, b: number) => void,
    ]),
  );
  return {
    buffer,
    multiply(c, a, b, shape) {
      const run = known.get(shape);
      if (!run || c.buffer !== buffer || a.buffer !== buffer || b.buffer !== buffer) return false;
      run(c.byteOffset, a.byteOffset, b.byteOffset);
      return true;
    },
  };
}

/** c, a, b: byte addresses. */
function product({ rows, inner, columns, turned }: Shape, relaxed: boolean): Fn {
  const f = new Fn(3, relaxed);
  const [c, a] = [f.param(0), f.param(1)];
  const [toRow, toInner] = turned ? [1, rows] : [inner, 1];
  const high = 4;
  const acc = Array.from({ length: high }, () => f.locals("v128", 2));
  const values = f.locals("v128", 2);
  const factor = f.local("v128");
  const [from, left, right, to] = f.locals("i32", 4) as [Pointer, Pointer, Pointer, Pointer];

  /** All columns of `count` rows; `wide` vectors at a time. */
  const block = (count: number, wide: number) => {
    const sums = acc.slice(0, count).map((row) => row.slice(0, wide));
    for (const row of sums) for (const sum of row) sum.set(v128.zero);
    left.set(a.get);
    right.set(from.get);
    f.times(inner, () => {
      for (let v = 0; v < wide; v++) (values[v] as Lanes).set(v128.load(right.get, 16 * v));
      sums.forEach((row, r) => {
        factor.set(v128.loadSplat(left.get, bytes(r * toRow)));
        row.forEach((sum, v) => {
          sum.set(f.madd((values[v] as Lanes).get, factor.get, sum.get));
        });
      });
      f.advance(left, bytes(toInner));
      f.advance(right, bytes(columns));
    });
    sums.forEach((row, r) => {
      row.forEach((sum, v) => {
        const at = bytes(r * columns) + 16 * v;
        f.emit(v128.store(to.get, v128.add(v128.load(to.get, at), sum.get), at));
      });
    });
    f.advance(from, 16 * wide);
    f.advance(to, 16 * wide);
  };
  const rowsOf = (count: number) => {
    from.set(f.param(2).get);
    to.set(c.get);
    const pairs = Math.floor(columns / 8);
    if (pairs > 0) f.times(pairs, () => block(count, 2));
    if (columns % 8) block(count, 1);
    c.set(i32.add(c.get, i32.const(bytes(count * columns))));
    a.set(i32.add(a.get, i32.const(bytes(count * toRow))));
  };
  if (rows >= high) f.times(Math.floor(rows / high), () => rowsOf(high));
  if (rows % high) rowsOf(rows % high);
  return f;
}
type Pointer = Local<"i32">;
type Lanes = Local<"v128">;

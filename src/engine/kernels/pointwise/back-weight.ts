/**
 * @file Gradient of a 1×1 convolution by its matrix: dot products of ∂y's planes with x's, 2×4 of them at a time, over
 * chunks of planes that stay in the first-level cache. Adds to what is there.
 */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, divisor, range, sweep } from "../../wasm/assembler/loops.ts";

/** dy, x, dw */
export function pointwiseBackWeight(f: Fn, spec: SpecOf<"pointwiseBackWeight">): void {
  const { geo } = spec;
  const [dy, x, dw] = [f.param(0), f.param(1), f.param(2)];
  const rows = divisor(spec.out, 2);
  const wide = divisor(spec.in, 4);
  const chunk = divisor(geo.size / 4, 128) * 4;
  const acc = range(rows).map(() => f.locals("v128", wide));
  const grads = f.locals("v128", rows);
  const value = f.local("v128");
  const [g, v, to, gRow, vRow] = f.locals("i32", 5) as Five;
  f.times(geo.size / chunk, () => {
    gRow.set(dy.get);
    to.set(dw.get);
    f.times(spec.out / rows, () => {
      vRow.set(x.get);
      f.times(spec.in / wide, () => {
        for (const a of acc.flat()) a.set(v128.zero);
        g.set(gRow.get);
        v.set(vRow.get);
        sweep(f, [g, v], chunk, 1, (offset) => {
          grads.forEach((grad, r) => {
            grad.set(v128.load(g.get, offset + bytes(r * geo.pitch)));
          });
          for (const c of range(wide)) {
            value.set(v128.load(v.get, offset + bytes(c * geo.pitch)));
            grads.forEach((grad, r) => {
              const sum = acc[r]?.[c] as Local<"v128">;
              sum.set(f.madd(value.get, grad.get, sum.get));
            });
          }
        });
        acc.forEach((row, r) => {
          row.forEach((a, c) => {
            const offset = bytes(r * spec.in + c);
            const sum = f32.add(f32.load(to.get, offset), v128.sum(a.get));
            f.emit(f32.store(to.get, sum, offset));
          });
        });
        f.advance(vRow, bytes(wide * geo.pitch));
        f.advance(to, bytes(wide));
      });
      f.advance(gRow, bytes(rows * geo.pitch));
      f.advance(to, bytes((rows - 1) * spec.in));
    });
    f.advance(dy, bytes(chunk));
    f.advance(x, bytes(chunk));
  });
}
type Five = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];

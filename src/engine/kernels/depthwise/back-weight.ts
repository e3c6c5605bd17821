/**
 * @file Gradient of a depthwise convolution by its filters: every tap is a dot product of ∂y with the shifted input.
 * The sums of one tap row, or of all nine taps of a 3×3 filter, stay in registers while the planes go by.
 */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, range } from "../../wasm/assembler/loops.ts";
import { blockOf, columns } from "../../wasm/assembler/windows.ts";

/** x, dy, dw */
export function depthwiseBackWeight(f: Fn, { window }: SpecOf<"depthwiseBackWeight">): void {
  const { k, d, s, src, dst, n } = window;
  const [x, dy, dw] = [f.param(0), f.param(1), f.param(2)];
  const block = blockOf(window);
  const together = k === 3 ? 3 : 1;
  const sums = range(together).map(() => f.locals("v128", k));
  const grads = f.locals("v128", block);
  const value = f.local("v128");
  const [place, top, row, line, g, q] = f.locals("i32", 6) as Six;
  f.times(n, () => {
    top.set(i32.const((-(k - 1) / 2) * d));
    f.times(k / together, () => {
      for (const a of sums.flat()) a.set(v128.zero);
      place.set(top.get);
      g.set(dy.get);
      f.times(dst.h, () => {
        q.set(i32.const(0));
        f.times(dst.b / 4, () => {
          for (const from of range(dst.w / block).map((i) => i * block)) {
            grads.forEach((grad, o) => {
              grad.set(v128.load(g.get, bytes((from + o) * dst.b)));
            });
            sums.forEach((taps, i) => {
              row.set(i32.add(place.get, i32.const(i * d)));
              f.when(i32.lessUnsigned(row.get, i32.const(src.h)), () => {
                const below = i32.mul(row.get, i32.const(bytes(src.w * src.b)));
                line.set(i32.add(i32.add(x.get, q.get), below));
                for (const [column, uses] of columns(window, false, from, block)) {
                  value.set(v128.load(line.get, bytes(column * src.b)));
                  for (const { o, j } of uses) {
                    const [sum, grad] = [taps[j] as Local<"v128">, grads[o] as Local<"v128">];
                    sum.set(f.madd(value.get, grad.get, sum.get));
                  }
                }
              });
            });
          }
          f.advance(g, 16);
          f.advance(q, 16);
        });
        f.advance(place, s);
        f.advance(g, bytes((dst.w - 1) * dst.b));
      });
      sums.flat().forEach((a, i) => {
        f.emit(f32.store(dw.get, v128.sum(a.get), bytes(i)));
      });
      f.advance(dw, bytes(together * k));
      f.advance(top, together * d);
    });
    f.advance(x, bytes(src.pitch));
    f.advance(dy, bytes(dst.pitch));
  });
}
type Six = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];

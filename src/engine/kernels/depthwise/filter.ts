/**
 * @file Depthwise convolution, and its gradient by the input: each plane is correlated with its own k×k filter, or with
 * the transpose of that. Blocks of up to four output columns stay in registers; which source columns they read, borders
 * included, is settled when the code is made, so that the inner loops have no condition but the row's.
 */
import type { Window } from "../../compiler/geometry.ts";
import type { SpecOf } from "../../compiler/spec.ts";
import { type I32, i32, type V128, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { arrive, bytes, columns, divisor, range } from "../../wasm/assembler/loops.ts";

/** x, w, y */
export function depthwise(f: Fn, { window }: SpecOf<"depthwise">): void {
  const y = f.param(2);
  filter(f, window, false, (acc, offset, q) => f.emit(v128.store(i32.add(y.get, q), acc, offset)), [
    y,
  ]);
}

/** dy, w, dx, relu */
export function depthwiseBackInput(f: Fn, spec: SpecOf<"depthwiseBackInput">): void {
  const { window } = spec;
  const [dx, relu] = [f.param(2), f.param(3)];
  filter(
    f,
    { ...window, src: window.dst, dst: window.src },
    true,
    (acc, offset, q) => arrive(f, spec, i32.add(dx.get, q), i32.add(relu.get, q), offset, acc),
    spec.masked ? [dx, relu] : [dx],
  );
}

function filter(
  f: Fn,
  window: Window,
  back: boolean,
  finish: (acc: V128, offset: number, vector: I32) => void,
  outputs: readonly Local<"i32">[],
): void {
  const { k, d, s, src, dst, n } = window;
  const [x, w] = [f.param(0), f.param(1)];
  const block = divisor(dst.w, 4);
  const radius = ((k - 1) / 2) * d;
  const row = bytes(dst.w * dst.b);
  const strided = back && s === 2;
  const acc = f.locals("v128", block);
  const taps = f.locals("v128", k);
  const value = f.local("v128");
  const [top, q, at, line] = f.locals("i32", 4) as [Row, Row, Row, Row];
  f.times(n, () => {
    top.set(i32.const(back ? radius : -radius));
    f.times(dst.h, () => {
      for (const from of range(dst.w / block).map((i) => i * block)) {
        const reads = columns(window, back, from, block);
        const used = new Set([...reads.values()].flat().map(({ j }) => j));
        q.set(i32.const(0));
        f.times(dst.b / 4, () => {
          for (const a of acc) a.set(v128.zero);
          for (const i of range(k)) {
            const place = i32.add(top.get, i32.const(back ? -i * d : i * d));
            at.set(strided ? i32.shiftRight(place, i32.const(1)) : place);
            const inside = i32.lessUnsigned(at.get, i32.const(src.h));
            const even = i32.isZero(i32.and(place, i32.const(1)));
            f.when(strided ? i32.and(inside, even) : inside, () => {
              const below = i32.mul(at.get, i32.const(bytes(src.w * src.b)));
              line.set(i32.add(x.get, i32.add(below, q.get)));
              for (const j of used) taps[j]?.set(v128.loadSplat(w.get, bytes(i * k + j)));
              for (const [column, uses] of reads) {
                value.set(v128.load(line.get, bytes(column * src.b)));
                for (const { o, j } of uses) {
                  const [to, tap] = [acc[o] as Local<"v128">, taps[j] as Local<"v128">];
                  to.set(f.madd(value.get, tap.get, to.get));
                }
              }
            });
          }
          acc.forEach((a, o) => {
            finish(a.get, bytes((from + o) * dst.b), q.get);
          });
          f.advance(q, 16);
        });
      }
      f.advance(top, back ? 1 : s);
      for (const p of outputs) f.advance(p, row);
    });
    f.advance(x, bytes(src.pitch));
    f.advance(w, bytes(k * k));
    for (const p of outputs) f.advance(p, bytes(dst.pitch) - row * dst.h);
  });
}
type Row = Local<"i32">;

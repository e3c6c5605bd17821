/**
 * @file The k×k neighbourhoods of every plane as k² planes, so that a dense convolution is a pointwise one, and back:
 * every input pixel collects the gradients of the places it was copied to. Plane c·k² + i·k + j is tap (i, j) of channel c.
 */
import type { SpecOf } from "../../compiler/spec.ts";
import { type I32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { arrive, bytes, range } from "../../wasm/assembler/loops.ts";

type Pointer = Local<"i32">;

/** x, y */
export function patches(f: Fn, { window }: SpecOf<"patches">): void {
  const { k, d, s, src, dst, n } = window;
  const [x, y] = [f.param(0), f.param(1)];
  const radius = ((k - 1) / 2) * d;
  const [row, from] = f.locals("i32", 2) as [Pointer, Pointer];
  f.times(n, () => {
    for (const i of range(k))
      for (const j of range(k)) {
        row.set(i32.const(i * d - radius));
        f.times(dst.h, () => {
          const inside = f.let("i32", i32.lessUnsigned(row.get, i32.const(src.h)));
          for (const w of range(dst.w)) {
            const column = w * s + j * d - radius;
            const offset = bytes(w * dst.b);
            const vectors = dst.b / 4;
            if (column < 0 || column >= src.w)
              f.fill(i32.add(y.get, i32.const(offset)), 16 * vectors);
            else {
              f.when(i32.isZero(inside.get), () =>
                f.fill(i32.add(y.get, i32.const(offset)), 16 * vectors),
              );
              f.when(inside.get, () => {
                const line = i32.mul(row.get, i32.const(bytes(src.w * src.b)));
                from.set(i32.add(x.get, i32.add(line, i32.const(bytes(column * src.b)))));
                copy(f, from, y, offset, vectors);
              });
            }
          }
          f.advance(row, s);
          f.advance(y, bytes(dst.w * dst.b));
        });
        f.advance(y, bytes(dst.pitch - dst.size));
      }
    f.advance(x, bytes(src.pitch));
  });
}
function copy(f: Fn, from: Pointer, to: Pointer, offset: number, vectors: number): void {
  const p = f.let("i32", i32.add(to.get, i32.const(offset)));
  f.times(vectors, () => {
    f.emit(v128.store(p.get, v128.load(from.get)));
    f.advance(p, 16);
    f.advance(from, 16);
  });
}

/** dy, dx, relu */
export function patchesBack(f: Fn, spec: SpecOf<"patchesBack">): void {
  const { k, d, s, src, dst, n } = spec.window;
  const [dy, dx, relu] = [f.param(0), f.param(1), f.param(2)];
  const radius = ((k - 1) / 2) * d;
  const sum = f.local("v128");
  const [h, w, q, row, column] = f.locals("i32", 5) as [
    Pointer,
    Pointer,
    Pointer,
    Pointer,
    Pointer,
  ];
  /** The output place along one axis that holds a pixel as its tap `t`; true if there is one. */
  const holds = (place: Pointer, pixel: Pointer, t: number, size: number): I32 => {
    const from = i32.add(pixel.get, i32.const(radius - t * d));
    place.set(s === 2 ? i32.shiftRight(from, i32.const(1)) : from);
    const inside = i32.lessUnsigned(place.get, i32.const(size));
    return s === 2 ? i32.and(inside, i32.isZero(i32.and(from, i32.const(1)))) : inside;
  };
  f.times(n, () => {
    h.set(i32.const(0));
    f.times(src.h, () => {
      w.set(i32.const(0));
      f.times(src.w, () => {
        q.set(dy.get);
        f.times(src.b / 4, () => {
          sum.set(v128.zero);
          for (const i of range(k))
            f.when(holds(row, h, i, dst.h), () => {
              for (const j of range(k))
                f.when(holds(column, w, j, dst.w), () => {
                  const cell = i32.add(i32.mul(row.get, i32.const(dst.w)), column.get);
                  const at = i32.add(q.get, i32.mul(cell, i32.const(bytes(dst.b))));
                  sum.set(v128.add(sum.get, v128.load(at, bytes((i * k + j) * dst.pitch))));
                });
            });
          arrive(f, spec, dx.get, relu.get, 0, sum.get);
          for (const p of spec.masked ? [dx, relu, q] : [dx, q]) f.advance(p, 16);
        });
        f.advance(w, 1);
      });
      f.advance(h, 1);
    });
    for (const p of spec.masked ? [dx, relu] : [dx]) f.advance(p, bytes(src.pitch - src.size));
    f.advance(dy, bytes(k * k * dst.pitch));
  });
}

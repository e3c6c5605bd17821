/**
 * @file 3×3 maximum and mean in one pass over the input, and their gradients in one pass back. Padding does not count.
 * The first of equal maxima wins, as in PyTorch.
 */
import type { Geometry } from "../../compiler/geometry.ts";
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, type I32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, range } from "../../wasm/assembler/loops.ts";

type Pointer = Local<"i32">;
type Vector = Local<"v128">;

/** x, max, avg, argmax, inverse */
export function pool(f: Fn, { s, src, dst, n, max, average }: SpecOf<"pool">): void {
  const [x, maxima, means, argmax, counts] = range(5).map((i) => f.param(i)) as Five;
  const [best, sum, where, value, over] = f.locals("v128", 5) as VectorFive;
  const [top, left, q, inverse] = f.locals("i32", 4) as Four;
  const outputs = [...(max ? [maxima, argmax] : []), ...(average ? [means] : [])];
  f.times(n, () => {
    top.set(i32.const(-1));
    inverse.set(counts.get);
    f.times(dst.h, () => {
      left.set(i32.const(-1));
      f.times(dst.w, () => {
        q.set(x.get);
        f.times(dst.b / 4, () => {
          best.set(v128.splat(f32.const(-Infinity)));
          sum.set(v128.zero);
          where.set(v128.zero);
          neighbours(f, top, left, src, false, q, (at, tap) => {
            value.set(v128.load(at));
            if (max) {
              over.set(v128.greater(value.get, best.get));
              best.set(v128.max(best.get, value.get));
              where.set(v128.select(v128.splat(f32.const(tap)), where.get, over.get));
            }
            if (average) sum.set(v128.add(sum.get, value.get));
          });
          if (max) f.emit(v128.store(maxima.get, best.get));
          if (max) f.emit(v128.store(argmax.get, where.get));
          if (average)
            f.emit(v128.store(means.get, v128.mul(sum.get, v128.loadSplat(inverse.get))));
          for (const p of [...outputs, q]) f.advance(p, 16);
        });
        f.advance(left, s);
        f.advance(inverse, 4);
      });
      f.advance(top, s);
    });
    f.advance(x, bytes(src.pitch));
    for (const p of outputs) f.advance(p, bytes(dst.pitch - dst.size));
  });
}

/** dmax, davg, argmax, dx, inverse */
export function poolBack(f: Fn, { s, src, dst, n, max, average, add }: SpecOf<"poolBack">): void {
  const [dmax, davg, argmax, dx, counts] = range(5).map((i) => f.param(i)) as Five;
  const acc = f.local("v128");
  const [top, left, q, inverse] = f.locals("i32", 4) as Four;
  const shared = f.local("i32");
  f.times(n, () => {
    top.set(i32.const(-1));
    f.times(src.h, () => {
      left.set(i32.const(-1));
      f.times(src.w, () => {
        q.set(i32.const(0));
        f.times(src.b / 4, () => {
          acc.set(add ? v128.load(dx.get) : v128.zero);
          // Window (h + 1 − i)/s holds this pixel as its tap i; with i' = 2 − i its place is (top + i')/s.
          neighbours(f, top, left, dst, s === 2, q, (at, tap, cell) => {
            shared.set(at);
            if (average) {
              inverse.set(i32.add(i32.mul(cell, i32.const(4)), counts.get));
              const g = v128.load(i32.add(davg.get, shared.get));
              acc.set(f.madd(g, v128.loadSplat(inverse.get), acc.get));
            }
            if (max) {
              const mine = v128.equal(
                v128.load(i32.add(argmax.get, shared.get)),
                v128.splat(f32.const(8 - tap)),
              );
              const g = v128.load(i32.add(dmax.get, shared.get));
              acc.set(v128.add(acc.get, v128.and(g, mine)));
            }
          });
          f.emit(v128.store(dx.get, acc.get));
          f.advance(dx, 16);
          f.advance(q, 16);
        });
        f.advance(left, 1);
      });
      f.advance(top, 1);
    });
    f.advance(dx, bytes(src.pitch - src.size));
    for (const p of [dmax, davg, argmax]) f.advance(p, bytes(dst.pitch));
  });
}

/** Visits the 3×3 places (top + i, left + j), halved where `halves` and dropped where odd, that lie inside `geo`. */
function neighbours(
  f: Fn,
  top: Pointer,
  left: Pointer,
  geo: Geometry,
  halves: boolean,
  q: Pointer,
  visit: (at: I32, tap: number, cell: I32) => void,
): void {
  const row = f.local("i32");
  const column = f.local("i32");
  const valid = (place: Pointer, from: I32, size: number): I32 => {
    place.set(halves ? i32.shiftRight(from, i32.const(1)) : from);
    const inside = i32.lessUnsigned(place.get, i32.const(size));
    return halves ? i32.and(inside, i32.isZero(i32.and(from, i32.const(1)))) : inside;
  };
  for (const i of range(3))
    f.when(valid(row, i32.add(top.get, i32.const(i)), geo.h), () => {
      for (const j of range(3))
        f.when(valid(column, i32.add(left.get, i32.const(j)), geo.w), () => {
          const cell = i32.add(i32.mul(row.get, i32.const(geo.w)), column.get);
          visit(i32.add(q.get, i32.mul(cell, i32.const(bytes(geo.b)))), 3 * i + j, cell);
        });
    });
}
type Four = [Pointer, Pointer, Pointer, Pointer];
type Five = [Pointer, Pointer, Pointer, Pointer, Pointer];
type VectorFive = [Vector, Vector, Vector, Vector, Vector];

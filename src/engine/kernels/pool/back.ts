/** @file Gradients of both pools in one pass: a pixel collects from every window that holds it, or held it as maximum. */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { arrive, bytes, range } from "../../wasm/assembler/loops.ts";
import { blockOf, slide } from "./slide.ts";

/** dmax, davg, argmax, dx, inverse */
export function poolBack(f: Fn, spec: SpecOf<"poolBack">): void {
  const { src, dst, max, average, add } = spec;
  const [dmax, davg, argmax, dx, counts] = range(5).map((i) => f.param(i)) as Five;
  const acc = f.locals("v128", blockOf(src));
  const [mean, peak, where] = f.locals("v128", 3) as [Vector, Vector, Vector];
  const [line, inverse] = f.locals("i32", 2) as [Local<"i32">, Local<"i32">];
  const inputs = [...(max ? [dmax, argmax] : []), ...(average ? [davg] : [])];
  slide(f, spec, true, inputs, [dx], {
    begin() {
      for (const a of acc) a.set(v128.zero);
    },
    row(i, at, row, reads) {
      line.set(at);
      if (average) inverse.set(i32.add(counts.get, i32.mul(row, i32.const(bytes(dst.w)))));
      for (const [column, uses] of reads) {
        const offset = bytes(column * dst.b);
        if (average) {
          const g = v128.load(i32.add(davg.get, line.get), offset);
          mean.set(v128.mul(g, v128.loadSplat(inverse.get, bytes(column))));
        }
        if (max) {
          peak.set(v128.load(i32.add(dmax.get, line.get), offset));
          where.set(v128.load(i32.add(argmax.get, line.get), offset));
        }
        for (const { o, j } of uses) {
          const to = acc[o] as Vector;
          if (average) to.set(v128.add(to.get, mean.get));
          if (!max) continue;
          const mine = v128.equal(where.get, v128.splat(f32.const(3 * i + j)));
          to.set(v128.add(to.get, v128.and(peak.get, mine)));
        }
      }
    },
    finish(o, offset, vector) {
      const to = i32.add(dx.get, vector);
      arrive(f, { add, masked: false }, to, to, offset, (acc[o] as Vector).get);
    },
  });
}
type Vector = Local<"v128">;
type Five = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];

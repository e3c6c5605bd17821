/**
 * @file 3×3 maximum and mean in one pass over the input. Padding does not count. The first of equal maxima wins, as in
 * PyTorch.
 */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, type I32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, range } from "../../wasm/assembler/loops.ts";
import { blockOf, slide } from "./slide.ts";

/** x, max, avg, argmax, inverse */
export function pool(f: Fn, spec: SpecOf<"pool">): void {
  const { src, dst, max, average } = spec;
  const [x, maxima, means, argmax, counts] = range(5).map((i) => f.param(i)) as Five;
  const block = blockOf(dst);
  const best = f.locals("v128", block);
  const where = f.locals("v128", block);
  const sum = f.locals("v128", block);
  const value = f.local("v128");
  const over = f.local("v128");
  const line = f.local("i32");
  const inverse = f.let("i32", counts.get);
  const outputs = [...(max ? [maxima, argmax] : []), ...(average ? [means] : [])];
  const all = { best, where, sum };
  slide(
    f,
    spec,
    false,
    [x],
    outputs,
    {
      begin() {
        for (const a of best) a.set(v128.splat(f32.const(Number.NEGATIVE_INFINITY)));
        for (const a of [...where, ...sum]) a.set(v128.zero);
      },
      row(i, at, _, reads) {
        line.set(i32.add(x.get, at));
        for (const [column, uses] of reads) {
          value.set(v128.load(line.get, bytes(column * src.b)));
          for (const { o, j } of uses) {
            const [top, place, total] = pick(all, o);
            if (max) {
              over.set(v128.greater(value.get, top.get));
              top.set(v128.max(top.get, value.get));
              place.set(v128.select(v128.splat(f32.const(3 * i + j)), place.get, over.get));
            }
            if (average) total.set(v128.add(total.get, value.get));
          }
        }
      },
      finish(o, offset, vector) {
        const [top, place, total] = pick(all, o);
        const to = (p: Local<"i32">): I32 => i32.add(p.get, vector);
        if (max) f.emit(v128.store(to(maxima), top.get, offset));
        if (max) f.emit(v128.store(to(argmax), place.get, offset));
        if (!average) return;
        const share = v128.loadSplat(inverse.get, offset / dst.b);
        f.emit(v128.store(to(means), v128.mul(total.get, share), offset));
      },
      endRow: () => f.advance(inverse, bytes(dst.w)),
    },
    () => inverse.set(counts.get),
  );
}
type Vectors = readonly Local<"v128">[];
const pick = (
  { best, where, sum }: { best: Vectors; where: Vectors; sum: Vectors },
  o: number,
): [Local<"v128">, Local<"v128">, Local<"v128">] => [
  best[o] as Local<"v128">,
  where[o] as Local<"v128">,
  sum[o] as Local<"v128">,
];
type Five = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];

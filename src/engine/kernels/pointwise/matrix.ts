/**
 * @file 1×1 convolution: a small matrix times long contiguous vectors. Its transpose, by strides, is the gradient by the
 * input; a linear layer is the same on planes of one pixel. Two output planes by four vectors stay in registers.
 */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { arrive, bytes, divisor, range } from "../../wasm/assembler/loops.ts";

/** x, w, y, relu, bias */
export function pointwise(f: Fn, spec: SpecOf<"pointwise">): void {
  const { geo, outStride, inStride } = spec;
  const [x, w, y, relu, bias] = range(5).map((i) => f.param(i)) as Five;
  const wide = divisor(geo.size / 4, 4);
  const rows = divisor(spec.out, 2);
  const acc = range(rows).map(() => f.locals("v128", wide));
  const values = f.locals("v128", wide);
  const weight = f.local("v128");
  const [from, coefficient, block, to, mask] = f.locals("i32", 5) as Five;
  const start = f.local("i32");
  f.times(geo.size / 4 / wide, () => {
    block.set(w.get);
    to.set(y.get);
    if (spec.masked) mask.set(relu.get);
    if (spec.bias) start.set(bias.get);
    f.times(spec.out / rows, () => {
      acc.forEach((row, r) => {
        for (const a of row) a.set(spec.bias ? v128.loadSplat(start.get, bytes(r)) : v128.zero);
      });
      from.set(x.get);
      coefficient.set(block.get);
      // Not unrolled: V8 hoists the loads of a long block and spills the accumulators, at half the speed.
      f.times(spec.in, () => {
        values.forEach((value, v) => {
          value.set(v128.load(from.get, 16 * v));
        });
        acc.forEach((row, r) => {
          weight.set(v128.loadSplat(coefficient.get, bytes(r * outStride)));
          row.forEach((a, v) => {
            a.set(f.madd((values[v] as Local<"v128">).get, weight.get, a.get));
          });
        });
        f.advance(from, bytes(geo.pitch));
        f.advance(coefficient, bytes(inStride));
      });
      acc.forEach((row, r) => {
        row.forEach((a, v) => {
          arrive(f, spec, to.get, mask.get, bytes(r * geo.pitch) + 16 * v, a.get);
        });
      });
      f.advance(block, bytes(rows * outStride));
      f.advance(to, bytes(rows * geo.pitch));
      if (spec.masked) f.advance(mask, bytes(rows * geo.pitch));
      if (spec.bias) f.advance(start, bytes(rows));
    });
    for (const p of spec.masked ? [x, y, relu] : [x, y]) f.advance(p, 16 * wide);
  });
}
type Five = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];

/** dy, db: db = Σ dy over pixels and images. */
export function biasBack(f: Fn, { n, geo }: SpecOf<"biasBack">): void {
  const [dy, db] = [f.param(0), f.param(1)];
  const sum = f.local("v128");
  f.times(n, () => {
    sum.set(v128.zero);
    const p = f.let("i32", dy.get);
    f.times(geo.size / 4, () => {
      sum.set(v128.add(sum.get, v128.load(p.get)));
      f.advance(p, 16);
    });
    f.emit(f32.store(db.get, v128.sum(sum.get)));
    f.advance(dy, bytes(geo.pitch));
    f.advance(db, 4);
  });
}

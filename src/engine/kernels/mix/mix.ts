/**
 * @file A node: Σ α·(y − mean)/σ over all candidates that count, straight from their raw outputs. A table in memory says
 * how many there are and where; a plane's coefficients α/σ and the constant −Σ α·mean/σ come first.
 */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, divisor, range, sweep } from "../../wasm/assembler/loops.ts";

/** table, coefficients, raw, relu */
export function mix(f: Fn, { n, geo, raw, relu }: SpecOf<"mix">): void {
  const [table, coefficients, to, positive] = range(4).map((i) => f.param(i)) as Four;
  const unroll = divisor(geo.size / 4, 8);
  const acc = f.locals("v128", unroll);
  const weight = f.local("v128");
  const [row, a, from, st] = f.locals("i32", 4) as Four;
  const bias = f.local("f32");
  const slope = f.local("f32");
  const plane = f.let("i32", i32.const(0));
  const stats = f.let("i32", i32.const(0));
  const terms = f.let("i32", i32.load(table.get));
  const outputs = [...(raw ? [to] : []), ...(relu ? [positive] : []), plane];
  const rewind = (): void => {
    row.set(i32.add(table.get, i32.const(4)));
    a.set(coefficients.get);
  };
  f.times(n, () => {
    rewind();
    bias.set(f32.const(0));
    f.repeat(terms, () => {
      st.set(i32.add(i32.load(row.get, 4), stats.get));
      slope.set(f32.mul(f32.load(i32.load(row.get, 8)), f32.load(st.get, 4)));
      bias.set(f32.sub(bias.get, f32.mul(slope.get, f32.load(st.get))));
      f.emit(f32.store(a.get, slope.get));
      f.advance(row, 12);
      f.advance(a, 4);
    });
    f.times(geo.size / 4 / unroll, () => {
      for (const v of acc) v.set(v128.splat(bias.get));
      rewind();
      f.repeat(terms, () => {
        weight.set(v128.loadSplat(a.get));
        from.set(i32.add(i32.load(row.get), plane.get));
        acc.forEach((v, u) => {
          v.set(f.madd(v128.load(from.get, 16 * u), weight.get, v.get));
        });
        f.advance(row, 12);
        f.advance(a, 4);
      });
      acc.forEach((v, u) => {
        if (raw) f.emit(v128.store(to.get, v.get, 16 * u));
        if (relu) f.emit(v128.store(positive.get, v128.max(v128.zero, v.get), 16 * u));
      });
      for (const p of outputs) f.advance(p, 16 * unroll);
    });
    for (const p of outputs) f.advance(p, bytes(geo.pitch - geo.size));
    f.advance(stats, 8);
  });
}
type Four = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];

/** g, y, sums: Σ g·y, a plane each: the gradient by the weight of a term that has no norm. */
export function dot(f: Fn, { n, geo }: SpecOf<"dot">): void {
  const [g, y, sums] = [f.param(0), f.param(1), f.param(2)];
  const unroll = divisor(geo.size / 4, 4);
  const acc = f.locals("v128", unroll);
  f.times(n, () => {
    for (const v of acc) v.set(v128.zero);
    sweep(f, [g, y], geo.size, unroll, (offset, u) => {
      const v = acc[u] as Local<"v128">;
      v.set(f.madd(v128.load(g.get, offset), v128.load(y.get, offset), v.get));
    });
    for (const p of [g, y]) f.advance(p, bytes(geo.pitch - geo.size));
    f.emit(f32.store(sums.get, v128.sum(acc.map((v) => v.get).reduce(v128.add))));
    f.advance(sums, 4);
  });
}
